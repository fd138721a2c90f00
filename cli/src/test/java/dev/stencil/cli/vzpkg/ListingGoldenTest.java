package dev.stencil.cli.vzpkg;

import dev.stencil.cli.ToolRun;
import dev.stencil.fixtures.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users and scripts read of {@code vzpkg list} and {@code info}, byte for byte. */
class ListingGoldenTest {
    @TempDir
    Path root;

    private final TimeZone zone = TimeZone.getDefault();

    @BeforeEach
    void makeArea() throws IOException {
        new SmallArea(root);
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    }

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "list, list",
        "list-set-as-typed, list debian-12-minimal",
        "list-dots, list -i",
        "list-summaries, list -S",
        "list-quiet, list -q",
        "list-cached, list -c",
        "list-os-only, list -A -O",
        "list-apps-only, list -O -A",
        "list-old-format, list --old-format",
        "list-json, list --json .debian-12-x86_64",
        "list-unknown, list debian-99",
        "list-groups, list -g debian-12-x86_64",
        "list-help, list --help",
        "info, info debian-12-x86_64",
        "info-all-quiet, info -q debian-12-x86_64 all",
        "info-set, info debian-12-x86_64-minimal",
        "info-dot, info -i debian-12-x86_64 designation",
        "info-one-quiet, info -q debian-12-x86_64 distribution",
        "info-two-quiet, info -q debian-12-x86_64 arch osname",
        "info-jquota, info -q old-1-x86 jquota",
        "info-app, info -F .debian-12-x86_64 nginx",
        "info-app-unknown, info -F debian-12-x86_64 ngnix",
        "info-json, info --json debian-12-x86_64",
        "info-unknown-field, info debian-12-x86_64 colour",
        "info-package-without-owner, info -p bash",
        "info-nothing, info",
        "generations-help, generations --help",
        "lock-help, lock --help",
        "lock-diff-help, lock diff --help",
        "lock-show-help, lock show --help",
        "lock-tree-help, lock tree --help",
        "lock-why-help, lock why --help",
        "lock-verify-help, lock verify --help",
        "lock-promote-help, lock promote --help",
        "lock-diff-one, lock diff debian-12-x86_64",
        "lock-show-none, lock show debian-12-x86_64",
        "lock-security-alone, lock --security debian-12-x86_64",
        "create-cache-help, create cache --help",
        "rollback-help, rollback --help",
        "sync-help, sync --help",
        "update-help, update --help",
        "update-exact-names, update --exact 101 nginx",
        "rollback-not-a-number, rollback 101 latest",
        "help, help"
    })
    void printsAs(String name, String line) {
        Golden.check(
                "vzpkg-" + name,
                new ToolRun(root).run(("vzpkg " + line).split(" ")).text());
    }
}
