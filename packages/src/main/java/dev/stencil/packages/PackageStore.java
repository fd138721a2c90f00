package dev.stencil.packages;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Package files by their digest, {@code sha256/ab/ab12….deb}, shared by all templates and containers of the host and by
 * any number of processes. A file that is there is whole and is what its digest says: it got its name after both were
 * checked. What is half there is {@code ….part} beside it and is resumed.
 */
public final class PackageStore {
    private static final int AT_ONCE = 8;
    /** Digits of a SHA-256 digest. */
    private static final int HEX = 64;

    private final Path directory;
    private final Proxies proxies;
    private final Download.Patience patience;

    /** {@code directory} is made when the first package comes. */
    public PackageStore(Path directory, Proxies proxies) {
        this(directory, proxies, Download.Patience.USUAL);
    }

    PackageStore(Path directory, Proxies proxies, Download.Patience patience) {
        this.directory = directory;
        this.proxies = proxies;
        this.patience = patience;
    }

    /** Where all of them are. */
    public Path directory() {
        return directory;
    }

    /** Where the file is, or will be when it is fetched. */
    public Path path(PackageFile file) {
        String hex = file.sha256().hex();
        return directory.resolve("sha256").resolve(hex.substring(0, 2)).resolve(hex + suffix(file));
    }

    private static String suffix(PackageFile file) {
        String name = file.uri().getPath();
        return name != null && name.endsWith(".rpm") ? ".rpm" : ".deb";
    }

    /** All files, half-fetched ones included, by the digest that their names tell. */
    public SortedMap<Digest, List<Path>> files() throws IOException {
        SortedMap<Digest, List<Path>> found = new TreeMap<>();
        Path all = directory.resolve("sha256");
        if (!Files.isDirectory(all)) {
            return found;
        }
        try (Stream<Path> entries = Files.find(all, 2, (_, attributes) -> attributes.isRegularFile())) {
            entries.forEach(file -> {
                String name = file.getFileName().toString();
                if (name.length() > HEX && name.substring(0, HEX).matches("[0-9a-f]+")) {
                    found.computeIfAbsent(new Digest(name.substring(0, HEX)), _ -> new ArrayList<>())
                            .add(file);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    /** The file of that digest, if it is here; its package is {@code name}. */
    public Optional<PackageFile> find(PackageName name, Digest sha256) {
        for (String suffix : List.of(".deb", ".rpm")) {
            Path path = directory
                    .resolve("sha256")
                    .resolve(sha256.hex().substring(0, 2))
                    .resolve(sha256.hex() + suffix);
            try {
                return Optional.of(new PackageFile(name, path.toUri(), Files.size(path), sha256));
            } catch (IOException notThere) {
                // Perhaps of the other family.
            }
        }
        return Optional.empty();
    }

    public boolean has(PackageFile file) {
        try {
            return Files.size(path(file)) == file.sizeBytes();
        } catch (IOException notThere) {
            return false;
        }
    }

    /**
     * Downloads what is missing, several files at once. The first failure stops the others; what they have so far is kept.
     *
     * @throws StencilException {@code FETCH_FAILED} naming file and mirror, {@code NO_SPACE} when the disk is full
     */
    public void fetch(List<PackageFile> files, Progress progress) {
        List<PackageFile> missing = missing(files);
        if (missing.isEmpty()) {
            return;
        }
        progress.stage("Downloading packages");
        // Connections are kept and used again; the default keeps five of a host.
        System.setProperty("http.maxConnections", String.valueOf(AT_ONCE));
        long total = missing.stream().mapToLong(PackageFile::sizeBytes).sum();
        try (Progress.Task task =
                        progress.task("Downloading " + missing.size() + " packages", total, Progress.Unit.BYTES);
                ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            fetchAll(missing, workers, task);
        }
    }

    /** Those of {@code files} that their repositories do not offer now, in their order. Nothing is fetched. */
    public List<UnavailableFile> unavailable(List<PackageFile> files) {
        var slots = new Semaphore(AT_ONCE);
        List<Future<Optional<String>>> answers = new ArrayList<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (PackageFile file : files) {
                answers.add(workers.submit(() -> {
                    slots.acquire();
                    try {
                        return Download.problem(file.uri(), file.sizeBytes(), proxies, patience);
                    } finally {
                        slots.release();
                    }
                }));
            }
        }
        List<UnavailableFile> unavailable = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            PackageFile file = files.get(i);
            answers.get(i)
                    .resultNow()
                    .ifPresent(reason -> unavailable.add(new UnavailableFile(file, reason, has(file))));
        }
        return unavailable;
    }

    private List<PackageFile> missing(List<PackageFile> files) {
        List<PackageFile> missing = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (PackageFile file : files) {
            if (!has(file) && seen.add(file.sha256().hex())) {
                missing.add(file);
            }
        }
        missing.sort((a, b) -> Long.compare(b.sizeBytes(), a.sizeBytes()));
        return missing;
    }

    private void fetchAll(List<PackageFile> files, ExecutorService workers, Progress.Task task) {
        var slots = new Semaphore(AT_ONCE);
        var done = new ExecutorCompletionService<Void>(workers);
        List<Future<Void>> running = new ArrayList<>();
        for (PackageFile file : files) {
            running.add(done.submit(() -> {
                slots.acquire();
                try {
                    new StoredFile(path(file), file, proxies, patience).fetch(task);
                } finally {
                    slots.release();
                }
                return null;
            }));
        }
        try {
            for (int i = 0; i < files.size(); i++) {
                done.take().get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StencilException(Fault.FETCH_FAILED, "The download was interrupted. Run the command again.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StencilException known
                    ? known
                    : new StencilException(Fault.INTERNAL, "Downloading failed: " + e.getCause(), e);
        } finally {
            running.forEach(future -> future.cancel(true));
        }
    }
}
