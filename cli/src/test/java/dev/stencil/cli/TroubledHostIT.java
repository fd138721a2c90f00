package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A disk that is full or read-only, links that go round, logs that are none, signals, two commands at once. */
class TroubledHostIT extends KilledCommands {
    private static final String READ_ONLY = "mount --bind \"$ROOT\" \"$ROOT\" && mount -o remount,bind,ro \"$ROOT\"";

    @Test
    void readOnlyDisk_isReadAndNamedWhenSomethingIsToBeWritten() throws IOException {
        succeed("vzpkg", "list");

        Finished list = runAfterMounts(READ_ONLY, "vzpkg", "list");
        Finished create = runAfterMounts(READ_ONLY, "vzpkg", "create", "cache", TEMPLATE);
        Finished container = runAfterMounts(READ_ONLY, "vzctl", "create", CONTAINER, "--ostemplate", TEMPLATE);

        assertThat(list.status()).as(list.stderrEnd()).isZero();
        assertThat(list.text()).startsWith(TEMPLATE);
        assertThat(create.status()).isEqualTo(1);
        assertThat(create.stderrEnd()).contains(TEMPLATE).contains("Read-only file system");
        assertThat(container.status()).isPositive();
        assertThat(container.stderrEnd()).contains("Read-only file system");
    }

    @Test
    void fullDisk_leavesWhatWasThereAndSaysSo() throws IOException {
        succeed("vzpkg", "create", "cache", TEMPLATE);
        publishNext();
        String full = "mount -t tmpfs -o size=600k tmpfs \"$ROOT/vz/template/stencil\" "
                + "&& { head -c 1M /dev/zero >\"$ROOT/vz/template/stencil/filling\" 2>/dev/null || :; }";

        Finished create = runAfterMounts(full, "vzpkg", "create", "cache", TEMPLATE);

        assertThat(create.status()).isEqualTo(1);
        assertThat(create.stderrEnd()).contains("The disk is full").contains("what was there before is unchanged");
        assertThat(versionOfNewContainer("after a full disk")).isEqualTo(1);
        succeed("vzpkg", "update", "cache", TEMPLATE);
        assertThat(versionOfNewContainer("with space again")).isEqualTo(2);
    }

    @Test
    void linksThatGoRound_endNoCommandAndAreNamed() throws IOException {
        Path area = root.resolve("vz/template");
        Files.createSymbolicLink(area.resolve("round"), Path.of("round"));
        Files.createSymbolicLink(area.resolve("tiny/self"), Path.of(".."));
        Path broken = Files.createDirectories(area.resolve("tiny/2/x86_64/config/os/default"));
        Files.writeString(broken.resolve("package_manager"), "dpkgx64\n");
        Files.createSymbolicLink(broken.resolve("packages"), Path.of("packages"));

        Finished list = run("vzpkg", "list");
        Finished create = run("vzpkg", "create", "cache", "tiny-2-x86_64");

        assertThat(list.status()).as(list.stderrEnd()).isZero();
        assertThat(list.text()).contains(TEMPLATE);
        assertThat(create.status()).isEqualTo(25);
        assertThat(create.stderrEnd()).contains(broken + "/packages").contains("link that leads to none");
    }

    @Test
    void logsThatCannotBeWritten_stopNothing() throws IOException {
        Files.createDirectories(root.resolve("var/log/vztt.log"));
        Files.createDirectories(root.resolve("var/log/vzctl.log"));

        succeed("vzpkg", "create", "cache", TEMPLATE);

        assertThat(versionOfNewContainer("without logs")).isEqualTo(1);
    }

    @Test
    void signals_leaveNothingHalfMade() throws Exception {
        long whole = millisOf("vzpkg", "create", "cache", TEMPLATE);
        for (String signal : new String[] {"TERM", "HUP", "INT"}) {
            publishNext();
            String where = "SIG" + signal;
            Process update = begin("vzpkg", "update", "cache", TEMPLATE);
            update.waitFor(whole / 2, TimeUnit.MILLISECONDS);
            signal(signal, update);

            assertThat(update.waitFor(1, TimeUnit.MINUTES)).as(where).isTrue();
            assertThat(Mounts.current()).as(where).noneMatch(mount -> mount.target()
                    .startsWith(root.resolve("vz/template")));
            assertThat(versionOfNewContainer(where)).isBetween(version - 1, version);
            succeedAfter(where, "vzpkg", "update", "cache", TEMPLATE);
            assertThat(versionOfNewContainer(where)).isEqualTo(version);
        }
    }

    @Test
    void twoCommandsOnOneCache_makeItOnce() throws Exception {
        Process first = begin("vzpkg", "create", "cache", TEMPLATE);
        Finished second = run("vzpkg", "create", "cache", TEMPLATE);

        assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(first.exitValue()).isZero();
        assertThat(second.status()).as(second.stderrEnd()).isZero();
        try (var generations = Files.list(root.resolve("vz/template/stencil/caches/" + TEMPLATE))) {
            assertThat(generations.filter(path -> path.getFileName().toString().matches("[0-9]+")))
                    .hasSize(1);
        }
    }
}
