package dev.stencil.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.container.ContainerLocks.Held;
import dev.stencil.container.ContainerLocks.Work;
import dev.stencil.container.config.ContainerId;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // locks are held, not used
class ContainerLocksTest {
    private static final ContainerId ID = ContainerId.parse("301");

    @TempDir
    Path directory;

    @Test
    void theFileSaysWhoDoesWhat_andGoesWithTheLock() {
        var locks = new ContainerLocks(directory);

        try (Held held = locks.acquire(ID, Work.STARTING)) {
            assertThat(directory.resolve("301.lck"))
                    .hasContent(ProcessHandle.current().pid() + "\nstarting\n");
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aLockHeldByAnotherIsRefusedNamingTheHolder() {
        try (Held held2 = new ContainerLocks(directory).acquire(ID, Work.CREATING)) {
            assertThatThrownBy(() -> new ContainerLocks(directory).acquire(ID, Work.STARTING))
                    .isInstanceOfSatisfying(
                            StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.LOCKED))
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("is creating");
        }
    }

    @Test
    void theHolderItselfMayTakeItAgain() {
        var locks = new ContainerLocks(directory);

        try (Held held3 = locks.acquire(ID, Work.RESTARTING)) {
            try (Held held4 = locks.acquire(ID, Work.STOPPING)) {
                assertThat(locks.file(ID)).exists();
            }
            assertThat(locks.file(ID)).as("still held").exists();
        }
        assertThat(locks.file(ID)).doesNotExist();
    }

    @Test
    void aLockOfADeadProcessIsTakenOver() throws IOException {
        for (String stale : List.of("4194305\nstarting\n", "", "garbage\n", "99999999999999999999\nx\n")) {
            Files.writeString(directory.resolve("301.lck"), stale);

            try (Held held5 = new ContainerLocks(directory).acquire(ID, Work.STOPPING)) {
                assertThat(directory.resolve("301.lck")).content().endsWith("stopping\n");
            }
        }
    }

    @Test
    void aProcessYoungerThanTheLockIsNotItsHolder() throws IOException {
        Path file = Files.writeString(
                directory.resolve("301.lck"), ProcessHandle.current().pid() + "\nstarting\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(ContainerLocks.liveHolder(file)).isEmpty();
    }

    @Test
    void skippedLocksLeaveNoTrace() {
        try (Held held6 = ContainerLocks.skipped(directory).acquire(ID, Work.STARTING, new PrivateArea(directory))) {
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void ofManyAtOnceOneHoldsTheStaleLock() throws Exception {
        Files.writeString(directory.resolve("301.lck"), "4194305\nstarting\n");
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(() -> {
                try (Held held7 = new ContainerLocks(directory).acquire(ID, Work.SETTING)) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.sleep(5);
                    inside.decrementAndGet();
                    return true;
                } catch (StencilException locked) {
                    return false;
                }
            });
        }

        try (var executor = Executors.newFixedThreadPool(8)) {
            assertThat(executor.invokeAll(tasks)).anyMatch(done -> done.resultNow());
        }
        assertThat(most.get()).isEqualTo(1);
    }
}
