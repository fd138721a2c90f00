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

/** What {@code list appcache} and the appcache query of {@code info} say, byte for byte (spec vzpkg 4.4 and 4.5). */
class AppcacheGoldenTest {
    @TempDir
    Path root;

    private final TimeZone zone = TimeZone.getDefault();

    @BeforeEach
    void makeArea() throws IOException {
        new SmallArea(root).withAppcache();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    }

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "list, list appcache",
        "list-quiet, list appcache -q",
        "list-json, list appcache --json",
        "list-surplus, list appcache debian-12-x86_64",
        "list-help, list appcache --help",
        "create-help, create appcache --help",
        "create-none, create appcache --ostemplate debian-12",
        "create-forbidden, create appcache --config shop --apptemplate docker",
        "create-unknown, create appcache --ostemplate nowhere-1 --apptemplate nginx",
        "create-unknown-application, create appcache --config shop --apptemplate nignx",
        "create-no-template, create appcache --apptemplate nginx",
        "create-no-sample, create appcache --config nosuch",
        "create-surplus, create appcache debian-12",
        "create-exists, create appcache --config shop",
        "create-kind, create appcache --config shop --vefstype all",
        "update-help, update appcache --help",
        "update-not-cached, update appcache --update-cache --ostemplate debian-12-minimal --apptemplate nginx",
        "remove-help, remove appcache --help",
        "remove-only-told, remove appcache -n --config shop",
        "remove, remove appcache --config shop",
        "remove-none, remove appcache --ostemplate debian-12-minimal --apptemplate nginx",
        "info-sample, info -q --config shop",
        "info-json, info --json --config shop",
        "info-options, info --ostemplate .debian-12 --apptemplate .nginx,,nginx",
        "info-options-win, info --config shop --apptemplate nginx",
        "info-plain, info --ostemplate debian-12-x86_64-minimal --vefstype ext4 --veimgfmt ploop",
        "info-forbidden, info --config small.conf --apptemplate nginx",
        "info-not-cached, info --ostemplate debian-12-x86_64-minimal --apptemplate nginx",
        "info-not-cached-os, info --ostemplate debian-12-x86_64",
        "info-no-template, info --apptemplate nginx",
        "info-unknown-template, info --ostemplate nowhere-1 --apptemplate nginx",
        "info-unknown-application, info --ostemplate debian-12 --apptemplate ngnix",
        "info-unknown-sample, info --config nosuch",
        "info-empty, info --config="
    })
    void printsAs(String name, String line) {
        Golden.check(
                "vzpkg-appcache-" + name,
                new ToolRun(root).run(("vzpkg " + line).split(" ")).text());
    }
}
