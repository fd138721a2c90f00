package dev.stencil.container.many;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.container.many.ManyContainers.Limits;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ManyContainersTest {
    private final ChangeGuard guard = new ChangeGuard();
    private final AtomicBoolean signalled = new AtomicBoolean();

    @Test
    void run_worksOnSeveralAtOnce_andKeepsTheirOrder() {
        var together = new CyclicBarrier(3);

        List<Outcome.Of<String>> lines = run(3, false, candidates(3), container -> {
            wait(together);
            return new Outcome.Done<>("did " + container.id());
        });

        assertThat(lines).extracting(line -> line.outcome()).containsExactly(done("1"), done("2"), done("3"));
    }

    @Test
    void run_neverExceedsItsJobs() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();

        run(2, false, candidates(10), container -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            now.decrementAndGet();
            return new Outcome.Done<>("");
        });

        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void failure_isOneContainersAlone() {
        List<Outcome.Of<String>> lines = run(1, false, candidates(3), failing("2"));

        assertThat(words(lines)).containsExactly("done", "failed", "done");
    }

    @Test
    void failFast_beginsNoOther() {
        List<Outcome.Of<String>> lines = run(1, true, candidates(4), failing("2"));

        assertThat(words(lines)).containsExactly("done", "failed", "not begun", "not begun");
    }

    @Test
    void failFast_letsThoseUnderwayFinish() {
        var failed = new CountDownLatch(1);
        var begun = new CountDownLatch(1);

        List<Outcome.Of<String>> lines = run(2, true, candidates(3), container -> {
            if (container.id().equals("1")) {
                begun.countDown();
                await(failed);
                return new Outcome.Done<>("did 1");
            }
            await(begun);
            failed.countDown();
            throw new StencilException(Fault.PACKAGE_MANAGER, "no");
        });

        assertThat(words(lines).subList(0, 2)).containsExactly("done", "failed");
    }

    @Test
    void signal_interruptsWhatIsUnchanged_andLetsAChangeFinish() {
        var changing = new CountDownLatch(1);
        var waiting = new CountDownLatch(1);

        List<Outcome.Of<String>> lines = run(2, false, candidates(3), container -> {
            if (container.id().equals("1")) {
                return guard.run(() -> {
                    changing.countDown();
                    await(waiting);
                    signalled.set(true);
                    sleep(300);
                    return new Outcome.Done<>("did 1");
                });
            }
            await(changing);
            waiting.countDown();
            sleep(60_000);
            return new Outcome.Done<>("not reached");
        });

        assertThat(words(lines)).containsExactly("done", "not begun", "not begun");
    }

    @Test
    void obstacle_skipsTheContainer() {
        var container = new Candidate("1", "", Optional.of("it is stopped"));

        List<Outcome.Of<String>> lines = run(1, true, List.of(container), failing("1"));

        assertThat(lines.getFirst().outcome()).isEqualTo(new Outcome.Skipped<String>("it is stopped"));
    }

    @Test
    void bug_isToldAsAFailureOfItsContainer() {
        List<Outcome.Of<String>> lines = run(1, false, candidates(2), container -> {
            if (container.id().equals("1")) {
                throw new IllegalStateException("oops");
            }
            return new Outcome.Done<>("did " + container.id());
        });

        assertThat(words(lines)).containsExactly("failed", "done");
        assertThat(lines.getFirst().outcome()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(
                        failed.cause().fault())
                .isEqualTo(Fault.INTERNAL));
    }

    private List<Outcome.Of<String>> run(
            int jobs, boolean failFast, List<Candidate> containers, ManyContainers.Work<String> work) {
        return new ManyContainers(new Limits(jobs, failFast), guard, signalled::get)
                .run(containers, work, new Nobody());
    }

    private static ManyContainers.Work<String> failing(String id) {
        return container -> {
            if (container.id().equals(id)) {
                throw new StencilException(Fault.PACKAGE_MANAGER, "no");
            }
            return done(container.id());
        };
    }

    private static Outcome<String> done(String id) {
        return new Outcome.Done<>("did " + id);
    }

    private static List<Candidate> candidates(int count) {
        List<Candidate> all = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            all.add(new Candidate(String.valueOf(i), "", Optional.empty()));
        }
        return all;
    }

    private static List<String> words(List<Outcome.Of<String>> lines) {
        return lines.stream().map(line -> line.outcome().word()).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new StencilException(Fault.SYSTEM, "interrupted", e);
        }
    }

    private static void wait(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("they do not run at once", e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new StencilException(Fault.SYSTEM, "interrupted", e);
        }
    }

    private static final class Nobody implements ManyContainers.Listener<String> {
        @Override
        public void begun(Candidate container) {}

        @Override
        public void ended(Outcome.Of<String> line) {}
    }
}
