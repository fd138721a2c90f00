package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.Kills;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that renews a cache is killed at every stage, at moments after its beginning that are spread from stage to stage. The previous
 * generation stays usable, and the next run succeeds and leaves nothing of the dead one.
 */
class CacheKillIT {
    private static final int LATEST_MILLIS = 350;

    @TempDir
    Path temporary;

    private TinyWorld world;

    @BeforeEach
    void open() throws IOException {
        world = TinyWorld.in(temporary);
        world.create();
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    void kill_atAnyStage_leavesThePreviousGenerationAndTheNextRunSucceeds() throws Exception {
        world.publishHello("1.1");
        List<String> stages = stagesOfAWholeRun();
        int version = 2;
        for (int round = 0; round < stages.size(); round++) {
            String stage = stages.get(round);
            world.publishHello("1." + version++);
            int before = world.current().number();
            String content = Files.readString(world.tree().resolve("usr/bin/hello"));

            long pause = Kills.moment(round, stages.size(), LATEST_MILLIS);
            boolean finished = killAt(stage, pause);

            String where = "killed " + pause + " ms after: " + stage;
            if (!finished) {
                assertThat(world.current().number()).as(where).isBetween(before, before + 1);
            }
            if (world.current().number() == before) {
                assertThat(world.tree().resolve("usr/bin/hello")).as(where).hasContent(content);
            }
            assertThat(world.current().layers().getFirst().recipe()).as(where).exists();
        }

        world.update();

        assertThat(world.shown()).hasSize(2).contains("current");
        assertThat(world.tree().resolve("var/lib/hello-was-here")).hasContent("hello 1." + (version - 1));
        assertThat(TinyWorld.names(world.area.layers())).hasSize(2);
        assertThat(TinyWorld.names(world.area.trash())).isEmpty();
        assertThat(processesIn(world.host.root())).isEmpty();
    }

    @Test
    void kill_whilePackagesAreConfigured_leavesNoProcessOfTheSandbox() throws Exception {
        world.repository
                .add(TinyWorld.hello("3.0").script("postinst", "exec sleep 60"))
                .publish();

        Process process = CacheMaker.start(world.host.root());
        await(() -> !processesIn(world.host.root()).isEmpty());
        process.destroyForcibly().waitFor();

        await(() -> processesIn(world.host.root()).isEmpty());
        world.publishHello("4.0");
        world.update();
        assertThat(world.tree().resolve("var/lib/hello-was-here")).hasContent("hello 4.0");
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        for (int tries = 0; tries < 100 && !condition.holds(); tries++) {
            Thread.sleep(100);
        }
        assertThat(condition.holds()).isTrue();
    }

    private List<String> stagesOfAWholeRun() throws Exception {
        Process process = CacheMaker.start(world.host.root());
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        }
        assertThat(lines.getLast()).startsWith("made ");
        return lines.stream()
                .filter(line -> line.startsWith("stage ") || line.startsWith("task "))
                .toList();
    }

    /** Answers whether the process came to its end before it could be killed. */
    private boolean killAt(String stage, long pauseMillis) throws Exception {
        Process process = CacheMaker.start(world.host.root());
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("failed")) {
                    throw new AssertionError(line);
                }
                if (line.startsWith(stage)) {
                    Thread.sleep(pauseMillis);
                    boolean finished = !process.isAlive();
                    process.destroyForcibly();
                    process.waitFor();
                    return finished;
                }
            }
        }
        process.waitFor();
        return true;
    }

    /** Processes with mounts of their own that come from below {@code root}: what a sandbox of the dead one looks like. */
    private static List<String> processesIn(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        Path ours = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt"));
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (!Files.readSymbolicLink(process.resolve("ns/mnt")).equals(ours)
                            && Files.readString(process.resolve("mountinfo")).contains(root + "/vz/template/stencil")) {
                        found.add(process.getFileName() + " "
                                + Files.readString(process.resolve("cmdline")).replace('\0', ' '));
                    }
                } catch (IOException endedMeanwhile) {
                    // Not there any more is what we hope for.
                }
            }
        }
        return found;
    }
}
