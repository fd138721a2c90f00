package dev.stencil.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An open directory of a tree that somebody else may be changing. Entries are single names, and no link is ever followed,
 * so a walk from folder to folder sees what is on the disk and cannot be led out of the tree. For exact copies of trees;
 * for paths as a process inside would see them there is {@link Root}.
 */
public final class Folder implements AutoCloseable {
    private static final int OPEN_DIRECTORY = Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW;
    private static final int NEW_FILE = Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_EXCL | Kernel.O_NOFOLLOW;
    /** {@code O_NONBLOCK}: what was a file a moment ago may be a pipe now. */
    private static final int READ_FILE = Kernel.O_RDONLY | Kernel.O_NOFOLLOW | 0x800;

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int COMPARED_BYTES = 16 * 1024;

    private final int descriptor;

    private Folder(int descriptor) {
        this.descriptor = descriptor;
    }

    /** The top of a tree; {@code path} itself is trusted and may be reached through links. */
    public static Folder open(Path path) throws IOException {
        return new Folder(Kernel.openat(Kernel.AT_FDCWD, path.toString(), Kernel.O_RDONLY | Kernel.O_DIRECTORY, 0));
    }

    /** A directory in this one; ENOTDIR or ELOOP when the name is something else. */
    public Folder child(String name) throws IOException {
        return new Folder(Kernel.openat(descriptor, name, OPEN_DIRECTORY, 0));
    }

    /** A directory in this one; empty when there is none of that name, whatever else has it. */
    public Optional<Folder> find(String name) throws IOException {
        try {
            return Optional.of(child(name));
        } catch (Errno e) {
            if (e.number() == Errno.ENOENT || e.number() == Errno.ENOTDIR || e.number() == Errno.ELOOP) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        Kernel.close(descriptor);
    }

    // ---- looking

    /** Names of what is in it, sorted; the folder is read from its start each time. */
    public List<String> names() throws IOException {
        int again = Kernel.openat(descriptor, ".", OPEN_DIRECTORY, 0);
        try {
            return Kernel.getdents64(again).stream().sorted().toList();
        } finally {
            Kernel.close(again);
        }
    }

    /** Its own status. */
    public FileStatus status() throws IOException {
        return Kernel.statx(descriptor, "", Kernel.AT_EMPTY_PATH);
    }

    public Optional<FileStatus> status(String name) throws IOException {
        try {
            return Optional.of(Kernel.statx(descriptor, name, Kernel.AT_SYMLINK_NOFOLLOW));
        } catch (Errno e) {
            if (e.number() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Target of the symbolic link of that name. */
    public String linkTarget(String name) throws IOException {
        return Kernel.readlinkat(descriptor, name);
    }

    /** Value of an extended attribute of the folder itself. */
    public Optional<byte[]> attribute(String attribute) throws IOException {
        return Kernel.lgetxattr(self(), attribute);
    }

    /** Whether two regular files hold the same bytes; their sizes are known to be equal. */
    public boolean hasSameContent(String name, Folder other, String otherName) throws IOException {
        int one = Kernel.openat(descriptor, name, READ_FILE, 0);
        try {
            int two = Kernel.openat(other.descriptor, otherName, READ_FILE, 0);
            try (Arena arena = Arena.ofConfined()) {
                return isSame(one, two, arena.allocate(COMPARED_BYTES), arena.allocate(COMPARED_BYTES));
            } finally {
                Kernel.close(two);
            }
        } finally {
            Kernel.close(one);
        }
    }

    private static boolean isSame(int one, int two, MemorySegment first, MemorySegment second) throws IOException {
        while (true) {
            long read = Kernel.read(one, first, 0, first.byteSize());
            if (Kernel.read(two, second, 0, second.byteSize()) != read) {
                return false;
            }
            if (read == 0) {
                return true;
            }
            if (first.asSlice(0, read).mismatch(second.asSlice(0, read)) >= 0) {
                return false;
            }
        }
    }

    // ---- changing

    /** A further name for the file, link or node {@code from} of {@code source}; EXDEV on another file system. */
    public void link(Folder source, String from, String name) throws IOException {
        Kernel.linkat(source.descriptor, from, descriptor, name);
    }

    /**
     * A copy of anything but a directory, with owner, mode, time and extended attributes; content is shared where the file
     * system can ({@code FICLONE}). The name must be free: EEXIST.
     */
    public void copy(Folder source, String from, String name) throws IOException {
        FileStatus status = Kernel.statx(source.descriptor, from, Kernel.AT_SYMLINK_NOFOLLOW);
        if (status.isRegular()) {
            copyRegular(source, from, name, status);
            return;
        }
        if (status.isSymlink()) {
            Kernel.symlinkat(source.linkTarget(from), descriptor, name);
        } else {
            Kernel.mknodat(descriptor, name, status.mode(), status.nodeDevice());
        }
        Kernel.fchownat(descriptor, name, status.uid(), status.gid(), Kernel.AT_SYMLINK_NOFOLLOW);
        if (!status.isSymlink()) {
            Kernel.fchmodat(descriptor, name, status.permissions());
        }
        copyAttributes(source.place(from), place(name));
        touch(name, status);
    }

    private void copyRegular(Folder source, String from, String name, FileStatus status) throws IOException {
        int in = Kernel.openat(source.descriptor, from, READ_FILE, 0);
        try {
            int out = Kernel.openat(descriptor, name, NEW_FILE, 0x180);
            try {
                fill(out, in, status.size());
                Kernel.fchown(out, status.uid(), status.gid());
                Kernel.fchmod(out, status.permissions());
                copyAttributes(source.place(from), place(name));
                Kernel.utimensat(out, "", status.mtimeSeconds(), status.mtimeNanos(), 0);
            } finally {
                Kernel.close(out);
            }
        } finally {
            Kernel.close(in);
        }
    }

    /** Copies the content of {@code in}, of which {@code size} bytes are expected, or shares it. */
    static void fill(int out, int in, long size) throws IOException {
        if (size == 0 || isCloned(out, in)) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Math.clamp(size + 1, 1, BUFFER_BYTES));
            for (long n = Kernel.read(in, buffer, 0, buffer.byteSize());
                    n > 0;
                    n = Kernel.read(in, buffer, 0, buffer.byteSize())) {
                Kernel.write(out, buffer, 0, n);
            }
        }
    }

    private static boolean isCloned(int out, int in) throws IOException {
        try {
            Kernel.ficlone(out, in);
            return true;
        } catch (Errno e) {
            if (e.number() == Errno.ENOSPC) {
                throw e;
            }
            return false;
        }
    }

    /** Makes a directory, open to its owner only until {@link #adopt} says more. */
    public void makeDirectory(String name) throws IOException {
        Kernel.mkdirat(descriptor, name, 0x1C0);
    }

    /** Takes over owner, mode, extended attributes and time of {@code other}; attributes that it lacks stay. */
    public void adopt(Folder other) throws IOException {
        FileStatus status = other.status();
        Kernel.fchown(descriptor, status.uid(), status.gid());
        Kernel.fchmod(descriptor, status.permissions());
        copyAttributes(other.self(), self());
        Kernel.utimensat(descriptor, "", status.mtimeSeconds(), status.mtimeNanos(), 0);
    }

    /** Takes an extended attribute of the folder itself away, if it has it. */
    public void removeAttribute(String attribute) throws IOException {
        if (attribute(attribute).isPresent()) {
            Kernel.lremovexattr(self(), attribute);
        }
    }

    private static void copyAttributes(String from, String to) throws IOException {
        for (String attribute : Kernel.llistxattr(from)) {
            Optional<byte[]> value = Kernel.lgetxattr(from, attribute);
            if (value.isPresent()) {
                Kernel.lsetxattr(to, attribute, value.get());
            }
        }
    }

    private void touch(String name, FileStatus status) throws IOException {
        Kernel.utimensat(descriptor, name, status.mtimeSeconds(), status.mtimeNanos(), Kernel.AT_SYMLINK_NOFOLLOW);
    }

    /** Renames inside this folder, over whatever file has the new name. */
    public void rename(String from, String to) throws IOException {
        Kernel.renameat2(descriptor, from, descriptor, to, 0);
    }

    /** Moves an entry of {@code source} here; EXDEV from another file system. */
    public void move(Folder source, String from, String to) throws IOException {
        Kernel.renameat2(source.descriptor, from, descriptor, to, Kernel.RENAME_NOREPLACE);
    }

    /** Removes a file, link or node if it is there. */
    public void delete(String name) throws IOException {
        try {
            Kernel.unlinkat(descriptor, name, 0);
        } catch (Errno e) {
            if (e.number() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /** Removes an empty directory; false when there is something in it. */
    public boolean deleteEmpty(String name) throws IOException {
        try {
            Kernel.unlinkat(descriptor, name, Kernel.AT_REMOVEDIR);
            return true;
        } catch (Errno e) {
            if (e.number() == Errno.ENOTEMPTY || e.number() == Errno.EEXIST) {
                return false;
            }
            if (e.number() == Errno.ENOENT) {
                return true;
            }
            throw e;
        }
    }

    private String self() {
        return "/proc/self/fd/" + descriptor + "/.";
    }

    private String place(String name) {
        return "/proc/self/fd/" + descriptor + "/" + name;
    }
}
