package dev.stencil.packages.deb;

import dev.stencil.host.Progress;
import dev.stencil.linux.Root;
import dev.stencil.linux.TreeWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Unpacks the packages of a wave, one worker per core, the largest first. Directories that several packages bring get the
 * attributes of the first package in the wave's order, at the end, so that the result does not depend on who was faster.
 */
final class WaveUnpacker {
    private final Root root;
    private final Claims claims;
    private final int workers;

    WaveUnpacker(Root root, Claims claims) {
        this.root = root;
        this.claims = claims;
        this.workers = Runtime.getRuntime().availableProcessors();
    }

    /** The unpacked packages in the order of {@code wave}. */
    List<UnpackedPackage> unpack(List<DebPackage> wave, Progress.Task task) throws IOException {
        Overrides overrides = Overrides.read(root);
        Set<String> madeDirectories = ConcurrentHashMap.newKeySet();
        Map<String, UnpackedPackage> done = new ConcurrentHashMap<>();
        var queue = new ConcurrentLinkedQueue<>(largestFirst(wave));
        runOnAllCores(() -> {
            try (var writer = new TreeWriter(root)) {
                for (DebPackage one = queue.poll(); one != null; one = queue.poll()) {
                    done.put(
                            one.infoName(),
                            new PackageUnpacker(one, root, writer, overrides, claims, madeDirectories).unpack());
                    task.advance(1);
                }
            } catch (IOException | RuntimeException e) {
                queue.clear();
                throw e;
            }
        });
        List<UnpackedPackage> inOrder = new ArrayList<>();
        for (DebPackage one : wave) {
            UnpackedPackage unpacked = done.get(one.infoName());
            if (unpacked != null) {
                inOrder.add(unpacked);
            }
        }
        finishDirectories(inOrder, madeDirectories);
        return inOrder;
    }

    private static List<DebPackage> largestFirst(List<DebPackage> wave) {
        return wave.stream()
                .sorted(Comparator.comparingLong((DebPackage one) -> one.file().sizeBytes())
                        .reversed())
                .toList();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void runOnAllCores(Work work) throws IOException {
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(pool.submit(() -> {
                    work.run();
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("unpacking failed", e.getCause());
        }
    }

    private void finishDirectories(List<UnpackedPackage> packages, Set<String> made) throws IOException {
        try (var writer = new TreeWriter(root)) {
            for (UnpackedPackage one : packages) {
                for (var directory : one.directories().entrySet()) {
                    if (made.remove(directory.getKey())) {
                        writer.setAttributes(directory.getKey(), directory.getValue());
                    }
                }
            }
        }
    }
}
