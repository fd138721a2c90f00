package dev.stencil.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files of a tree that somebody else may have prepared. Every path is resolved below the tree's directory descriptor with
 * {@code RESOLVE_IN_ROOT}: absolute links and {@code ..} stay inside, as they would for a process chrooted there.
 *
 * <p>Paths are given relative or absolute, both meaning below the root. Directories in front of the last name may be
 * links; the last name itself is followed by {@link #read} and {@link #exists} and by nothing else.
 */
public final class Root implements AutoCloseable {
    private static final int PATH_DIRECTORY = Kernel.O_PATH | Kernel.O_DIRECTORY;
    private static final long INSIDE = Kernel.RESOLVE_IN_ROOT | Kernel.RESOLVE_NO_MAGICLINKS;

    private final Path path;
    private final int directory;

    private Root(Path path, int directory) {
        this.path = path;
        this.directory = directory;
    }

    /** The tree at {@code path}, which itself is trusted and may be reached through links. */
    public static Root open(Path path) throws IOException {
        return new Root(path, Kernel.openat(Kernel.AT_FDCWD, path.toString(), PATH_DIRECTORY, 0));
    }

    /** Where the tree lies on the host. Never resolve guest paths against it. */
    public Path path() {
        return path;
    }

    /** The {@code O_PATH} descriptor of the tree, valid until {@link #close}. */
    public int descriptor() {
        return directory;
    }

    @Override
    public void close() {
        Kernel.close(directory);
    }

    // ---- looking
    // -----------------------------------------------------------------------------------------------------

    /** Whether something is there; links are followed inside the root. */
    public boolean exists(String file) throws IOException {
        try {
            Kernel.close(Kernel.openat2(directory, relative(file), Kernel.O_PATH, 0, INSIDE));
            return true;
        } catch (Errno e) {
            if (isAbsence(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Status of the name itself, a link not followed; empty when it or a directory before it is missing. */
    public Optional<FileStatus> status(String file) throws IOException {
        try (Place place = parentOf(file)) {
            return Optional.of(Kernel.statx(place.parent, place.name, Kernel.AT_SYMLINK_NOFOLLOW));
        } catch (Errno e) {
            if (isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Content of a regular file, links followed inside the root; empty when there is none. */
    public Optional<byte[]> read(String file) throws IOException {
        return reading(file, (descriptor, size) -> {
            try (Arena arena = Arena.ofConfined()) {
                var content = new java.io.ByteArrayOutputStream((int) Math.min(size, 1 << 20));
                MemorySegment buffer = arena.allocate(65536);
                for (long n = Kernel.read(descriptor, buffer, 0, 65536);
                        n > 0;
                        n = Kernel.read(descriptor, buffer, 0, 65536)) {
                    content.writeBytes(buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE));
                }
                return content.toByteArray();
            }
        });
    }

    /** Copies the content of a regular file into the new file {@code copy} of the host; whether there is one. */
    public boolean copyOut(String file, Path copy) throws IOException {
        return reading(file, (descriptor, size) -> {
                    int flags = Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_EXCL;
                    int out = Kernel.openat(Kernel.AT_FDCWD, copy.toString(), flags, 0x180);
                    try {
                        Folder.fill(out, descriptor, size);
                    } finally {
                        Kernel.close(out);
                    }
                    return true;
                })
                .orElse(false);
    }

    private <T> Optional<T> reading(String file, Reader<T> reader) throws IOException {
        int descriptor;
        try {
            // O_NONBLOCK: a pipe planted under the name must not hang us.
            descriptor = Kernel.openat2(directory, relative(file), Kernel.O_RDONLY | 0x800, 0, INSIDE);
        } catch (Errno e) {
            if (isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
        try {
            FileStatus status = Kernel.statx(descriptor, "", Kernel.AT_EMPTY_PATH);
            if (!status.isRegular()) {
                throw new IOException(shown(file) + " is not a regular file");
            }
            return Optional.of(reader.read(descriptor, status.size()));
        } finally {
            Kernel.close(descriptor);
        }
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(int descriptor, long sizeBytes) throws IOException;
    }

    public Optional<String> readText(String file) throws IOException {
        return read(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Target of a symbolic link, as written in it; empty when the name is not a link. */
    public Optional<String> linkTarget(String file) throws IOException {
        try (Place place = parentOf(file)) {
            return Optional.of(Kernel.readlinkat(place.parent, place.name));
        } catch (Errno e) {
            if (isAbsence(e) || e.number() == Errno.EINVAL) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Names in a directory, sorted; empty when there is no such directory. */
    public List<String> list(String folder) throws IOException {
        int descriptor;
        try {
            descriptor = Kernel.openat2(directory, relative(folder), Kernel.O_RDONLY | Kernel.O_DIRECTORY, 0, INSIDE);
        } catch (Errno e) {
            if (isAbsence(e)) {
                return List.of();
            }
            throw e;
        }
        try {
            return Kernel.getdents64(descriptor).stream().sorted().toList();
        } finally {
            Kernel.close(descriptor);
        }
    }

    // ---- changing
    // ----------------------------------------------------------------------------------------------------

    /**
     * Replaces the file by one with this content: written beside it, synced, renamed over it. A link of that name is
     * replaced, not followed.
     */
    public void write(String file, byte[] content, Mode mode, Owner owner) throws IOException {
        try (Place place = parentOf(file);
                Arena arena = Arena.ofConfined()) {
            String beside = "." + place.name + "." + Long.toHexString(System.nanoTime());
            int flags = Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_EXCL | Kernel.O_NOFOLLOW;
            int descriptor = Kernel.openat(place.parent, beside, flags, 0x180);
            boolean renamed = false;
            try {
                MemorySegment bytes = arena.allocate(Math.max(1, content.length));
                MemorySegment.copy(content, 0, bytes, ValueLayout.JAVA_BYTE, 0, content.length);
                Kernel.write(descriptor, bytes, 0, content.length);
                Kernel.fchown(descriptor, owner.uid(), owner.gid());
                Kernel.fchmod(descriptor, mode.bits());
                Kernel.renameat2(place.parent, beside, place.parent, place.name, 0);
                renamed = true;
            } finally {
                Kernel.close(descriptor);
                if (!renamed) {
                    Kernel.unlinkat(place.parent, beside, 0);
                }
            }
        }
    }

    public void write(String file, String content, Mode mode, Owner owner) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8), mode, owner);
    }

    /** Copies a file of the host, which is trusted, to a name that must be free: EEXIST when it is taken. */
    public void copyIn(Path source, String file, Mode mode, Owner owner) throws IOException {
        int flags = Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_EXCL | Kernel.O_NOFOLLOW;
        try (Place place = parentOf(file);
                Arena arena = Arena.ofConfined();
                var channel = java.nio.channels.FileChannel.open(source)) {
            int descriptor = Kernel.openat(place.parent, place.name, flags, 0x180);
            try {
                MemorySegment buffer = arena.allocate(1 << 20);
                var bytes = buffer.asByteBuffer();
                for (int n = channel.read(bytes); n >= 0; n = channel.read(bytes.clear())) {
                    Kernel.write(descriptor, buffer, 0, n);
                }
                Kernel.fchown(descriptor, owner.uid(), owner.gid());
                Kernel.fchmod(descriptor, mode.bits());
            } finally {
                Kernel.close(descriptor);
            }
        }
    }

    /** Makes one directory; nothing happens when a directory is there already. */
    public void makeDirectory(String folder, Mode mode, Owner owner) throws IOException {
        try (Place place = parentOf(folder)) {
            Kernel.mkdirat(place.parent, place.name, 0x1C0);
            Kernel.fchownat(place.parent, place.name, owner.uid(), owner.gid(), Kernel.AT_SYMLINK_NOFOLLOW);
            Kernel.fchmodat(place.parent, place.name, mode.bits());
        } catch (Errno e) {
            if (e.number() != Errno.EEXIST || !isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Makes a directory and those before it that are missing, all with the same mode and owner. */
    public void makeDirectories(String folder, Mode mode, Owner owner) throws IOException {
        String inside = relative(folder);
        for (int slash = inside.indexOf('/'); slash >= 0; slash = inside.indexOf('/', slash + 1)) {
            if (slash > 0) {
                makeDirectory(inside.substring(0, slash), mode, owner);
            }
        }
        if (!inside.equals(".")) {
            makeDirectory(inside, mode, owner);
        }
    }

    public boolean isDirectory(String folder) throws IOException {
        try {
            Kernel.close(Kernel.openat2(directory, relative(folder), PATH_DIRECTORY, 0, INSIDE));
            return true;
        } catch (Errno e) {
            if (isAbsence(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Makes a symbolic link; an existing file or link of that name is replaced. */
    public void symlink(String target, String link, Owner owner) throws IOException {
        delete(link);
        try (Place place = parentOf(link)) {
            Kernel.symlinkat(target, place.parent, place.name);
            Kernel.fchownat(place.parent, place.name, owner.uid(), owner.gid(), Kernel.AT_SYMLINK_NOFOLLOW);
        }
    }

    /** A character device node. */
    public void makeCharacterDevice(String file, int major, int minor, Mode mode) throws IOException {
        try (Place place = parentOf(file)) {
            Kernel.mknodat(place.parent, place.name, Kernel.S_IFCHR | 0x180, Kernel.device(major, minor));
            Kernel.fchmodat(place.parent, place.name, mode.bits());
        }
    }

    /** Removes a file, link or node if it is there; directories are refused with EISDIR. */
    public void delete(String file) throws IOException {
        try (Place place = parentOf(file)) {
            Kernel.unlinkat(place.parent, place.name, 0);
        } catch (Errno e) {
            if (!isAbsence(e)) {
                throw e;
            }
        }
    }

    /** Removes whatever is under that name, links not followed; nothing happens when there is nothing. */
    public void deleteTree(String name) throws IOException {
        Place place;
        try {
            place = parentOf(name);
        } catch (Errno e) {
            if (isAbsence(e)) {
                return;
            }
            throw e;
        }
        try (place) {
            deleteTree(place.parent, place.name);
        }
    }

    /** An entry that somebody else removes first is as good as removed. */
    private static void deleteTree(int parent, String name) throws IOException {
        try {
            deleteEntry(parent, name);
        } catch (Errno e) {
            if (e.number() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private static void deleteEntry(int parent, String name) throws IOException {
        if (!Kernel.statx(parent, name, Kernel.AT_SYMLINK_NOFOLLOW).isDirectory()) {
            Kernel.unlinkat(parent, name, 0);
            return;
        }
        int folder = Kernel.openat(parent, name, Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW, 0);
        try {
            for (String entry : Kernel.getdents64(folder)) {
                deleteTree(folder, entry);
            }
        } finally {
            Kernel.close(folder);
        }
        Kernel.unlinkat(parent, name, Kernel.AT_REMOVEDIR);
    }

    /** Renames inside the root, replacing a file of the new name. */
    public void rename(String from, String to) throws IOException {
        try (Place source = parentOf(from);
                Place target = parentOf(to)) {
            Kernel.renameat2(source.parent, source.name, target.parent, target.name, 0);
        }
    }

    public void setMode(String file, Mode mode) throws IOException {
        int descriptor = Kernel.openat2(directory, relative(file), Kernel.O_RDONLY | 0x800, 0, INSIDE);
        try {
            Kernel.fchmod(descriptor, mode.bits());
        } finally {
            Kernel.close(descriptor);
        }
    }

    public void setOwner(String file, Owner owner) throws IOException {
        try (Place place = parentOf(file)) {
            Kernel.fchownat(place.parent, place.name, owner.uid(), owner.gid(), Kernel.AT_SYMLINK_NOFOLLOW);
        }
    }

    public void setModificationTime(String file, long seconds, int nanoseconds) throws IOException {
        try (Place place = parentOf(file)) {
            Kernel.utimensat(place.parent, place.name, seconds, nanoseconds, Kernel.AT_SYMLINK_NOFOLLOW);
        }
    }

    // ---- resolving
    // ---------------------------------------------------------------------------------------------------

    /**
     * The directory that holds {@code file}, opened, and the last name. {@code file} must end in a name, not in
     * {@code ..} or {@code /}.
     */
    private Place parentOf(String file) throws IOException {
        String inside = relative(file);
        int slash = inside.lastIndexOf('/');
        String name = inside.substring(slash + 1);
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new IOException(shown(file) + " does not name a file");
        }
        String parent = slash < 0 ? "." : inside.substring(0, slash);
        return new Place(Kernel.openat2(directory, parent, PATH_DIRECTORY, 0, INSIDE), name);
    }

    private static String relative(String file) {
        int start = 0;
        int end = file.length();
        while (start < end && file.charAt(start) == '/') {
            start++;
        }
        while (end > start && file.charAt(end - 1) == '/') {
            end--;
        }
        return start == end ? "." : file.substring(start, end);
    }

    private String shown(String file) {
        return "/" + relative(file) + " in " + path;
    }

    private static boolean isAbsence(Errno e) {
        return e.number() == Errno.ENOENT || e.number() == Errno.ENOTDIR || e.number() == Errno.ELOOP;
    }

    private record Place(int parent, String name) implements AutoCloseable {
        @Override
        public void close() {
            Kernel.close(parent);
        }
    }
}
