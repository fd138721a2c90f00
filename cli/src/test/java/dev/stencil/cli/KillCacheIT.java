package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} at moments spread over the commands that change caches and what they share: afterwards there is the old cache
 * or the new one, and the next command works (conary.md A-14).
 */
class KillCacheIT extends KilledCommands {
    private static final String OUTDATED = "392";

    @Test
    void createCache() throws Exception {
        long whole = millisOf("vzpkg", "create", "cache", TEMPLATE);
        for (int i = 0; i < KILLS; i++) {
            succeed("vzpkg", "remove", "cache", TEMPLATE);
            String where = killed(i, KILLS, whole, "vzpkg", "create", "cache", TEMPLATE);

            succeedAfter(where, "vzpkg", "create", "cache", TEMPLATE);

            assertThat(versionOfNewContainer(where)).as(where).isEqualTo(version);
        }
    }

    @Test
    void updateCache() throws Exception {
        succeed("vzpkg", "create", "cache", TEMPLATE);
        publishNext();
        long whole = millisOf("vzpkg", "update", "cache", TEMPLATE);
        for (int i = 0; i < KILLS; i++) {
            publishNext();
            String where = killed(i, KILLS, whole, "vzpkg", "update", "cache", TEMPLATE);

            assertThat(versionOfNewContainer(where)).as(where).isBetween(version - 1, version);
            succeedAfter(where, "vzpkg", "update", "cache", TEMPLATE);
            assertThat(versionOfNewContainer(where)).as(where).isEqualTo(version);
        }
    }

    @Test
    void updateOnTopOfTheCache() throws Exception {
        succeed("vzpkg", "create", "cache", TEMPLATE);
        publishNext();
        long whole = millisOf("vzpkg", "update", "cache", "--update-cache", TEMPLATE);
        for (int i = 0; i < KILLS; i++) {
            publishNext();
            String where = killed(i, KILLS, whole, "vzpkg", "update", "cache", "--update-cache", TEMPLATE);

            assertThat(versionOfNewContainer(where)).as(where).isBetween(version - 1, version);
            succeedAfter(where, "vzpkg", "update", "cache", "--update-cache", TEMPLATE);
            assertThat(versionOfNewContainer(where)).as(where).isEqualTo(version);
        }
    }

    @Test
    void clean() throws Exception {
        startContainer();
        int first = version;
        publishNext();
        succeed("vzpkg", "update", "cache", TEMPLATE);
        leaveSomethingUnused();
        List<Long> littered = stored();
        long whole = millisOf("vzpkg", "clean");
        List<Long> tidy = stored();
        for (int i = 0; i < tidy.size(); i++) {
            assertThat(littered.get(i)).as("something to remove").isGreaterThan(tidy.get(i));
        }
        for (int i = 0; i < KILLS; i++) {
            leaveSomethingUnused();
            String where = killed(i, KILLS, whole, "vzpkg", "clean");

            assertThat(versionIn(CONTAINER)).as(where).isEqualTo(first);
            assertThat(versionOfNewContainer(where)).as(where).isEqualTo(version);
            succeedAfter(where, "vzpkg", "clean");
            assertThat(stored()).as(where).isEqualTo(tidy);
            assertThat(names("trash", 1)).as(where).isZero();
            assertSound(where);
        }
    }

    /** A generation with a layer and a package that only a container needed which is gone now. */
    private void leaveSomethingUnused() throws IOException {
        succeed("vzctl", "create", OUTDATED, "--ostemplate", TEMPLATE);
        publishNext();
        succeed("vzpkg", "update", "cache", TEMPLATE);
        succeed("vzctl", "destroy", OUTDATED);
    }

    /** How many generations, layers and packages there are. */
    private List<Long> stored() throws IOException {
        return List.of(names("caches/" + TEMPLATE, 1), names("layers", 1), names("packages/sha256", 2));
    }

    /** Names of the store in the given depth below {@code folder}. */
    private long names(String folder, int depth) throws IOException {
        Path top = root.resolve("vz/template/stencil").resolve(folder);
        try (Stream<Path> files = Files.walk(top, depth)) {
            return files.filter(file -> top.relativize(file).getNameCount() == depth && !file.equals(top))
                    .count();
        }
    }
}
