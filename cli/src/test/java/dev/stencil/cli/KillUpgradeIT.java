package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code kill -9} all along the way of a container to its distribution's next release: {@code vzpkg rollback} brings it back. */
class KillUpgradeIT extends KilledCommands {
    /** The way takes longer than other commands: the container is stopped and started on it. */
    private static final int PARTS = 6;

    private static final String SAY_READY =
            """
            import socket, sys, time
            while True:
                try:
                    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"READY=1", sys.argv[1])
                except OSError:
                    pass
                time.sleep(0.1)
            """;

    private Optional<Process> sayer = Optional.empty();

    /** A container that goes to another release is waited for until it is ready. systemd would say so; here it is said for it. */
    @BeforeEach
    void sayReadyForTheContainer() throws IOException {
        Path socket = root.resolve("run/stencil/guests/" + CONTAINER + "/host/notify");
        sayer = Optional.of(
                new HostPrograms().start(Program.of("python3", "-c", SAY_READY).args(socket.toString())));
    }

    @AfterEach
    void sayNoMore() {
        sayer.ifPresent(Process::destroyForcibly);
    }

    @Test
    void rollbackAfterAKilledUpgrade() throws Exception {
        startContainer();
        publishRelease("2");
        succeed("vzpkg", "upgrade", CONTAINER);
        assertThat(versionIn(CONTAINER)).isEqualTo(version + 1);
        assertThat(template()).isEqualTo(".tiny-2-x86_64");
        succeed("vzpkg", "rollback", CONTAINER);
        // The first time lists and packages are fetched, which those to be killed find there.
        long whole = millisOf("vzpkg", "upgrade", CONTAINER);
        succeed("vzpkg", "rollback", CONTAINER);
        int undone = 0;
        for (int part = 0; part < PARTS; part++) {
            String where = killed(part, PARTS, whole, "vzpkg", "upgrade", CONTAINER);

            Path mark = root.resolve("vz/private/" + CONTAINER + "/operation");
            if (Files.exists(mark) || !template().equals("." + TEMPLATE)) {
                succeedAfter(where, "vzpkg", "rollback", CONTAINER);
                undone++;
            }
            if (!run("vzctl", "status", CONTAINER).text().contains("running")) {
                succeedAfter(where, "vzctl", "start", CONTAINER);
            }
            assertThat(mark).as(where).doesNotExist();
            assertThat(template()).as(where).isEqualTo("." + TEMPLATE);
            assertThat(versionIn(CONTAINER)).as(where).isEqualTo(version);
            assertSound(where);
        }

        assertThat(undone).as("kills that met something to undo").isPositive();
        succeed("vzpkg", "upgrade", CONTAINER);
        assertThat(versionIn(CONTAINER)).isEqualTo(version + 1);
    }

    private String template() throws IOException {
        String settings = Files.readString(root.resolve("vz/private/" + CONTAINER + "/ve.conf"));
        return settings.replaceAll("(?s).*OSTEMPLATE=\"([^\"]*)\".*", "$1");
    }
}
