package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} at moments spread over the commands that change a container: afterwards there is the old state or the new
 * one, and the next command works (conary.md A-14).
 */
class KillIT extends KilledCommands {
    @Test
    void updateContainer() throws Exception {
        startContainer();
        publishNext();
        long whole = millisOf("vzpkg", "update", CONTAINER);
        for (int i = 0; i < KILLS; i++) {
            publishNext();
            String where = killed(i, KILLS, whole, "vzpkg", "update", CONTAINER);

            succeedAfter(where, "vzpkg", "update", CONTAINER);
            assertThat(versionIn(CONTAINER)).as(where).isEqualTo(version);
            assertSound(where);
        }
    }

    @Test
    void rollback() throws Exception {
        startContainer();
        publishNext();
        succeed("vzpkg", "update", CONTAINER);
        long whole = millisOf("vzpkg", "rollback", CONTAINER);
        assertThat(versionIn(CONTAINER)).isEqualTo(version - 1);
        for (int i = 0; i < KILLS; i++) {
            succeed("vzpkg", "update", CONTAINER);
            String where = killed(i, KILLS, whole, "vzpkg", "rollback", CONTAINER);

            Finished next = run("vzpkg", "update", CONTAINER);
            if (next.status() == 21) { // half-way back: it says what to do, and that works
                assertThat(next.stderrEnd()).as(where).contains("vzpkg rollback " + CONTAINER);
                succeedAfter(where, "vzpkg", "rollback", CONTAINER);
            }
            assertThat(versionIn(CONTAINER)).as(where).isEqualTo(next.isSuccess() ? version : version - 1);
            assertSound(where);
        }
    }

    @Test
    void rollbackOfAContainer() throws Exception {
        startContainer();
        publishNext();
        succeed("vzpkg", "update", CONTAINER);
        long whole = millisOf("vzpkg", "rollback", CONTAINER);
        for (int i = 0; i < KILLS; i++) {
            succeed("vzpkg", "update", CONTAINER);
            boolean running = i % 2 == 0;
            if (!running) {
                succeed("vzctl", "stop", CONTAINER, "--fast");
            }
            String where = killed(i, KILLS, whole, "vzpkg", "rollback", CONTAINER) + (running ? ", running" : ", down");

            // Killed after its end, there is nothing left to undo.
            Finished again = run("vzpkg", "rollback", CONTAINER);
            assertThat(again.status())
                    .as(where + again.text() + again.stderrEnd())
                    .isIn(0, 35);
            if (!running) {
                succeedAfter(where, "vzctl", "start", CONTAINER);
            }
            assertThat(versionIn(CONTAINER)).as(where).isEqualTo(version - 1);
            assertSound(where);
        }
    }

    @Test
    void rollbackAfterAKilledUpdate() throws Exception {
        startContainer();
        publishNext();
        long whole = millisOf("vzpkg", "update", CONTAINER);
        for (int i = 0; i < KILLS; i++) {
            int before = versionIn(CONTAINER);
            publishNext();
            String where = killed(i, KILLS, whole, "vzpkg", "update", CONTAINER);

            Path mark = root.resolve("vz/private/" + CONTAINER + "/operation");
            boolean half = Files.exists(mark);
            if (half || versionIn(CONTAINER) == version) {
                succeedAfter(where, "vzpkg", "rollback", CONTAINER);
            }
            assertThat(mark).as(where).doesNotExist();
            assertThat(versionIn(CONTAINER)).as(where).isEqualTo(before);
            assertSound(where);
            succeedAfter(where, "vzpkg", "update", CONTAINER);
        }
    }
}
