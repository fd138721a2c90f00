package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlockTest {
    private static final Duration SHORT = Duration.ofMillis(30);

    @TempDir
    Path directory;

    @Test
    void oneHolderAtATime_evenInOneProcess() throws IOException {
        Path file = directory.resolve("lock");

        Flock first = Flock.exclusive(file, SHORT).orElseThrow();
        assertThat(Flock.exclusive(file, SHORT)).isEmpty();
        assertThat(Flock.shared(file, SHORT)).isEmpty();
        first.close();

        Flock.exclusive(file, SHORT).orElseThrow().close();
    }

    @Test
    void readersShare() throws IOException {
        Path file = directory.resolve("lock");

        Flock one = Flock.shared(file, SHORT).orElseThrow();
        Flock other = Flock.shared(file, SHORT).orElseThrow();
        assertThat(Flock.exclusive(file, SHORT)).isEmpty();

        one.close();
        other.close();
    }

    @Test
    void aDirectoryIsLockedWithoutAFile() throws IOException {
        Flock held = Flock.directory(directory, SHORT).orElseThrow();

        assertThat(Flock.directory(directory, SHORT)).isEmpty();
        assertThat(directory).isEmptyDirectory();
        held.close();
    }
}
