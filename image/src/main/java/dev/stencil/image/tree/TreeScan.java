package dev.stencil.image.tree;

import dev.stencil.host.Digest;
import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads a tree that nobody changes meanwhile: names and attributes by one thread, contents by one for each core, the largest
 * file first.
 */
final class TreeScan {
    private static final int DIRECTORY = Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW;
    private static final long INSIDE = Kernel.RESOLVE_IN_ROOT | Kernel.RESOLVE_NO_MAGICLINKS;
    private static final String OF_OVERLAYS = "trusted.overlay.";
    private static final int BUFFER_BYTES = 256 * 1024;

    private final int top;
    private final List<TreeEntry> entries = new ArrayList<>();

    private TreeScan(int top) {
        this.top = top;
    }

    /** Everything below {@code directory} in the order of paths, the directory itself included. */
    static List<TreeEntry> of(Path directory) throws IOException {
        int top = Kernel.openat(Kernel.AT_FDCWD, directory.toString(), DIRECTORY, 0);
        try {
            var scan = new TreeScan(top);
            scan.add(top, TreeEntry.TOP, TreeEntry.TOP, Kernel.statx(top, "", Kernel.AT_EMPTY_PATH));
            scan.visit(top, "");
            scan.entries.sort(TreeEntry.ORDER);
            return scan.withContents();
        } finally {
            Kernel.close(top);
        }
    }

    private void visit(int directory, String prefix) throws IOException {
        for (String name : Kernel.getdents64(directory)) {
            FileStatus status = Kernel.statx(directory, name, Kernel.AT_SYMLINK_NOFOLLOW);
            add(directory, name, prefix + name, status);
            if (status.isDirectory()) {
                int inner = Kernel.openat(directory, name, DIRECTORY, 0);
                try {
                    visit(inner, prefix + name + "/");
                } finally {
                    Kernel.close(inner);
                }
            }
        }
    }

    private void add(int directory, String name, String path, FileStatus status) throws IOException {
        Optional<String> target =
                status.isSymlink() ? Optional.of(Kernel.readlinkat(directory, name)) : Optional.empty();
        List<TreeEntry.Attribute> attributes = attributes("/proc/self/fd/" + directory + "/" + name);
        entries.add(new TreeEntry(path, status, Optional.empty(), target, attributes, Optional.empty()));
    }

    private static List<TreeEntry.Attribute> attributes(String file) throws IOException {
        List<String> names = Kernel.llistxattr(file);
        if (names.isEmpty()) {
            return List.of();
        }
        List<TreeEntry.Attribute> attributes = new ArrayList<>();
        for (String name : names) {
            if (!name.startsWith(OF_OVERLAYS)) {
                attributes.add(new TreeEntry.Attribute(
                        name, Kernel.lgetxattr(file, name).orElse(new byte[0])));
            }
        }
        attributes.sort(Comparator.comparing(TreeEntry.Attribute::name));
        return attributes;
    }

    /** Files with several names are read once. */
    private List<TreeEntry> withContents() throws IOException {
        Map<String, TreeEntry> firstNames = new HashMap<>();
        List<TreeEntry> wanted = new ArrayList<>();
        for (TreeEntry entry : entries) {
            if (entry.status().isRegular()
                    && (entry.status().links() == 1 || firstNames.putIfAbsent(fileOf(entry), entry) == null)) {
                wanted.add(entry);
            }
        }
        wanted.sort(Comparator.comparingLong(TreeEntry::size).reversed());
        Map<String, Digest> digests = digests(wanted);
        List<TreeEntry> complete = new ArrayList<>(entries.size());
        for (TreeEntry entry : entries) {
            complete.add(completed(entry, firstNames, digests));
        }
        return complete;
    }

    private static TreeEntry completed(
            TreeEntry entry, Map<String, TreeEntry> firstNames, Map<String, Digest> digests) {
        if (!entry.status().isRegular()) {
            return entry;
        }
        Digest own = digests.get(entry.path());
        if (own != null) {
            return entry.withContent(own);
        }
        String first = firstNames.getOrDefault(fileOf(entry), entry).path();
        return entry.withSameAs(first, Optional.ofNullable(digests.get(first)));
    }

    private static String fileOf(TreeEntry entry) {
        return entry.status().device() + ":" + entry.status().inode();
    }

    private Map<String, Digest> digests(List<TreeEntry> files) throws IOException {
        var next = new AtomicInteger();
        Map<String, Digest> all = new HashMap<>(files.size() * 2);
        List<Future<Map<String, Digest>>> shares = new ArrayList<>();
        int workers = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            for (int i = 0; i < workers; i++) {
                shares.add(pool.submit(() -> share(files, next)));
            }
            for (Future<Map<String, Digest>> share : shares) {
                all.putAll(share.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a tree was read", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    private Map<String, Digest> share(List<TreeEntry> files, AtomicInteger next) throws IOException {
        Map<String, Digest> digests = new HashMap<>();
        try (Sha256 calculation = Sha256.start();
                Arena arena = Arena.ofConfined()) {
            var buffer = new byte[BUFFER_BYTES];
            MemorySegment read = arena.allocate(BUFFER_BYTES);
            for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                String path = files.get(i).path();
                readFile(top, path, read, buffer, length -> calculation.update(buffer, 0, length));
                digests.put(path, new Digest(HexFormat.of().formatHex(calculation.finish())));
            }
            return digests;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Takes {@code length} bytes that lie at the start of the buffer. */
    interface Chunk {
        void accept(int length) throws IOException;
    }

    /** Reads the file at {@code path} of the tree {@code top} through {@code buffer}. */
    static void readFile(int top, String path, MemorySegment read, byte[] buffer, Chunk chunk) throws IOException {
        int descriptor = Kernel.openat2(top, path, Kernel.O_RDONLY | Kernel.O_NOFOLLOW, 0, INSIDE);
        try {
            while (true) {
                int length = (int) Kernel.read(descriptor, read, 0, buffer.length);
                if (length == 0) {
                    return;
                }
                MemorySegment.copy(read, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, buffer, 0, length);
                chunk.accept(length);
            }
        } finally {
            Kernel.close(descriptor);
        }
    }
}
