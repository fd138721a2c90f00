package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLockTest {
    private static final Duration NOT_AT_ALL = Duration.ZERO;

    @TempDir
    Path directory;

    @Test
    void exclusive_keepsOtherThreadsOut() throws Exception {
        Path file = directory.resolve(".lock");
        try (FileLock _ = FileLock.exclusive(file, NOT_AT_ALL).orElseThrow()) {
            assertThat(isFreeInOtherThread(file, true)).isFalse();
            assertThat(isFreeInOtherThread(file, false)).isFalse();
        }
    }

    @Test
    void shared_letsOthersShareButNotOwn() throws Exception {
        Path file = directory.resolve(".lock");
        try (FileLock _ = FileLock.shared(file, NOT_AT_ALL).orElseThrow()) {
            assertThat(isFreeInOtherThread(file, false)).isTrue();
            assertThat(isFreeInOtherThread(file, true)).isFalse();
        }
    }

    @Test
    void exclusive_keepsOtherProcessesOut() throws IOException {
        Path file = directory.resolve(".lock");
        // python's lockf is fcntl(F_SETLK), what other implementations of the template tools use.
        Program probe = Program.of(
                "python3",
                "-c",
                "import fcntl,sys\nf=open(sys.argv[1],'r+')\nfcntl.lockf(f,fcntl.LOCK_EX|fcntl.LOCK_NB)",
                file.toString());
        try (FileLock _ = FileLock.exclusive(file, NOT_AT_ALL).orElseThrow()) {
            assertThat(new HostPrograms().run(probe).isSuccess()).isFalse();
        }
        assertThat(new HostPrograms().run(probe).isSuccess()).isTrue();
    }

    @Test
    void exclusive_isFreeAgainAfterClose() throws IOException {
        Path file = directory.resolve(".lock");
        FileLock.exclusive(file, NOT_AT_ALL).orElseThrow().close();

        Optional<FileLock> again = FileLock.exclusive(file, NOT_AT_ALL);

        assertThat(again).isPresent();
        again.orElseThrow().close();
    }

    @Test
    void shared_byTwoThreads_staysUntilTheSecondCloses() throws Exception {
        Path file = directory.resolve(".lock");
        Program probe = Program.of(
                "python3",
                "-c",
                "import fcntl,sys\nf=open(sys.argv[1],'r+')\nfcntl.lockf(f,fcntl.LOCK_EX|fcntl.LOCK_NB)",
                file.toString());
        var first = FileLock.shared(file, NOT_AT_ALL).orElseThrow();
        var mayEnd = new CountDownLatch(1);
        var isHeld = new CountDownLatch(1);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            try (FileLock _ = FileLock.shared(file, NOT_AT_ALL).orElseThrow()) {
                isHeld.countDown();
                mayEnd.await();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        isHeld.await();
        first.close();

        assertThat(new HostPrograms().run(probe).isSuccess()).isFalse();
        mayEnd.countDown();
        second.get();
        assertThat(new HostPrograms().run(probe).isSuccess()).isTrue();
    }

    /** A lock is given back by the thread that took it. */
    private static boolean isFreeInOtherThread(Path file, boolean exclusive) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        Optional<FileLock> lock =
                                exclusive ? FileLock.exclusive(file, NOT_AT_ALL) : FileLock.shared(file, NOT_AT_ALL);
                        if (lock.isPresent()) {
                            lock.get().close();
                        }
                        return lock.isPresent();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .get();
    }
}
