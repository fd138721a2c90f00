package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The goal for a rollback: a tenth of the update that it undoes, with 100 packages of some files each. */
class RollbackSpeedIT {
    private static final int PACKAGES = 100;
    private static final int FILES = 20;

    private Path home;
    private TinyRepository repository;

    @BeforeEach
    void makeWorld() throws IOException {
        home = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-undo-speed");
        repository = UndoWorld.make(home);
    }

    @AfterEach
    void removeWorld() throws IOException {
        UndoWorld.delete(home);
    }

    @Test
    void rollback_ofAHundredPackages_takesATenthOfTheirUpdate() throws IOException {
        UndoWorld world = UndoWorld.open(home, "container");
        world.container.start();
        UndoWorld.offer(repository, packages("1.0"));
        world.install(names());
        UndoWorld.offer(repository, packages("2.0"));

        long update = millis(world::update);
        long running = millis(world::rollback);
        long again = millis(world::update);
        world.container.stop();
        long down = millis(world::rollback);

        System.out.println("update " + update + " ms, rollback " + running + " ms mounted; update " + again
                + " ms, rollback " + down + " ms down");
        assertThat(down).isLessThan(again / 10);
        assertThat(running).isLessThan(update / 5);
    }

    private static TinyPackage[] packages(String version) {
        List<TinyPackage> all = new ArrayList<>();
        for (String name : names()) {
            TinyPackage one = TinyPackage.named(name)
                    .version(version)
                    .conffile("/etc/" + name + ".conf", version + "\n")
                    .script("postinst", "true");
            for (int i = 0; i < FILES; i++) {
                one = one.file("/usr/share/" + name + "/file" + i, (version + i).repeat(500));
            }
            all.add(one);
        }
        return all.toArray(TinyPackage[]::new);
    }

    private static String[] names() {
        String[] names = new String[PACKAGES];
        for (int i = 0; i < PACKAGES; i++) {
            names[i] = "part" + i;
        }
        return names;
    }

    private static long millis(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
