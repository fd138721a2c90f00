package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Arch;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {
    private static final Resolution NOTHING = new Resolution(List.of(), List.of(), List.of(), List.of());
    private static final PackageRequest REQUEST = new PackageRequest.Update(List.of(), false);
    private static final PackageSource SOURCE = new PackageSource(
            "dpkg",
            Arch.X86_64,
            false,
            List.of(),
            List.of(),
            true,
            Path.of("/none"),
            Duration.ZERO,
            List.of(),
            Map.of());

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean fails = new AtomicBoolean();
    private final SharedAnswers answers = new SharedAnswers();

    @Test
    void equalQuestions_areAskedOnce() {
        PackageManager manager = manager(Optional.of("same"));

        Resolution first = resolve(manager);
        Resolution second = resolve(manager);

        assertThat(asked).hasValue(1);
        assertThat(second).isSameAs(first);
    }

    @Test
    void equalQuestions_areAskedOnce_alsoAtTheSameTime() {
        PackageManager manager = manager(Optional.of("same"));

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> resolve(manager)),
                        CompletableFuture.runAsync(() -> resolve(manager)))
                .join();

        assertThat(asked).hasValue(1);
    }

    @Test
    void otherQuestions_areAsked() {
        resolve(manager(Optional.of("one")));
        resolve(manager(Optional.of("other")));

        assertThat(asked).hasValue(2);
    }

    @Test
    void whoCannotTellQuestionsApart_isAskedEachTime() {
        PackageManager manager = manager(Optional.empty());

        resolve(manager);
        resolve(manager);

        assertThat(asked).hasValue(2);
    }

    @Test
    void failure_isNotShared() {
        PackageManager manager = manager(Optional.of("same"));
        fails.set(true);
        assertThatThrownBy(() -> resolve(manager)).hasMessage("no");
        fails.set(false);

        assertThat(resolve(manager)).isEqualTo(NOTHING);
        assertThat(asked).hasValue(2);
    }

    private Resolution resolve(PackageManager manager) {
        return answers.resolve(manager, SOURCE, Path.of("/root"), REQUEST);
    }

    /** One that only resolves. */
    private PackageManager manager(Optional<String> question) {
        return (PackageManager) Proxy.newProxyInstance(
                PackageManager.class.getClassLoader(),
                new Class<?>[] {PackageManager.class},
                (_, method, _) -> switch (method.getName()) {
                    case "question" -> question;
                    case "resolve" -> answer();
                    default -> throw new AssertionError(method + " is not to be called");
                });
    }

    private Resolution answer() throws InterruptedException {
        asked.incrementAndGet();
        Thread.sleep(50);
        if (fails.get()) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "no");
        }
        return new Resolution(List.of(), List.of(), List.of(), List.of());
    }
}
