package dev.stencil.container.applications;

import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks package managers what they would do, each question once: containers with the same packages and the same
 * repositories share the answer. A package manager that cannot tell its questions apart is asked by one thread at a time.
 * A failure is nobody else's answer.
 */
final class SharedAnswers {
    private final Map<String, CompletableFuture<Resolution>> answers = new ConcurrentHashMap<>();
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /** As {@link PackageManager#resolve(PackageSource, Path, PackageRequest)}. */
    Resolution resolve(PackageManager manager, PackageSource source, Path root, PackageRequest request) {
        Optional<String> question = manager.question(source, root, request);
        if (question.isEmpty()) {
            oneAtATime.lock();
            try {
                return manager.resolve(source, root, request);
            } finally {
                oneAtATime.unlock();
            }
        }
        var mine = new CompletableFuture<Resolution>();
        CompletableFuture<Resolution> first = answers.putIfAbsent(question.get(), mine);
        if (first != null) {
            Optional<Resolution> known = answer(first);
            return known.isPresent() ? known.get() : manager.resolve(source, root, request);
        }
        try {
            Resolution found = manager.resolve(source, root, request);
            mine.complete(found);
            return found;
        } catch (RuntimeException failure) {
            answers.remove(question.get());
            mine.completeExceptionally(failure);
            throw failure;
        }
    }

    private static Optional<Resolution> answer(CompletableFuture<Resolution> asked) {
        try {
            return Optional.of(asked.join());
        } catch (CompletionException failed) {
            return Optional.empty();
        }
    }
}
