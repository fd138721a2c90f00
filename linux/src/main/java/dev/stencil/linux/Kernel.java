package dev.stencil.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * System calls, one method each, named after the call; the manual page is section 2 of that name.
 *
 * <p>All go through one linked function, {@code syscall(2)} with six longs, because each further function shape costs
 * start-up time. Paths are relative to a directory descriptor; {@link #AT_FDCWD} means the working directory.
 * A failing call throws {@link Errno}; {@code EINTR} is retried where that is safe.
 */
public final class Kernel {
    public static final int AT_FDCWD = -100;
    public static final int AT_SYMLINK_NOFOLLOW = 0x100;
    public static final int AT_REMOVEDIR = 0x200;
    public static final int AT_EMPTY_PATH = 0x1000;
    public static final int AT_RECURSIVE = 0x8000;

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_TRUNC = 0x200;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;
    public static final int O_DIRECTORY = SystemCall.directoryFlag();
    public static final int O_NOFOLLOW = SystemCall.noFollowFlag();

    public static final long RESOLVE_NO_MAGICLINKS = 0x02;
    public static final long RESOLVE_IN_ROOT = 0x10;

    public static final int S_IFMT = 0xF000;
    public static final int S_IFSOCK = 0xC000;
    public static final int S_IFLNK = 0xA000;
    public static final int S_IFREG = 0x8000;
    public static final int S_IFBLK = 0x6000;
    public static final int S_IFDIR = 0x4000;
    public static final int S_IFCHR = 0x2000;
    public static final int S_IFIFO = 0x1000;

    public static final int RENAME_NOREPLACE = 1;
    public static final int RENAME_EXCHANGE = 2;

    public static final long MS_RDONLY = 1;
    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_NOEXEC = 8;
    public static final long MS_REMOUNT = 32;
    public static final long MS_BIND = 4096;
    public static final long MS_REC = 16384;
    public static final long MS_PRIVATE = 1 << 18;
    public static final int MNT_DETACH = 2;
    public static final long MOUNT_ATTR_NODEV = 4;

    public static final int LOCK_SH = 1;
    public static final int LOCK_EX = 2;
    public static final int LOCK_NB = 4;
    public static final int LOCK_UN = 8;

    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = link();
    private static final ThreadLocal<MemorySegment> CAPTURED =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURE));

    private Kernel() {}

    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        var l = ValueLayout.JAVA_LONG;
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(l, l, l, l, l, l, l, l),
                Linker.Option.captureCallState("errno"));
    }

    // ---- files
    // -------------------------------------------------------------------------------------------------------

    /** {@code openat(2)}; {@code O_CLOEXEC} is always added. */
    public static int openat(int directory, String path, int flags, int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return (int) retry(path, SystemCall.OPENAT, directory, text(arena, path), flags | O_CLOEXEC, mode, 0, 0);
        }
    }

    /** {@code openat2(2)}: {@code resolve} is a set of {@code RESOLVE_*}; {@code O_CLOEXEC} is always added. */
    public static int openat2(int directory, String path, int flags, int mode, long resolve) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment how = arena.allocate(24, 8);
            how.set(ValueLayout.JAVA_LONG, 0, (flags & 0xFFFFFFFFL) | O_CLOEXEC);
            how.set(ValueLayout.JAVA_LONG, 8, mode);
            how.set(ValueLayout.JAVA_LONG, 16, resolve);
            return (int) retry(path, SystemCall.OPENAT2, directory, text(arena, path), how.address(), 24, 0, 0);
        }
    }

    public static void close(int descriptor) {
        raw(SystemCall.CLOSE, descriptor, 0, 0, 0, 0, 0);
    }

    /** {@code inotify_init1(2)}; {@code EMFILE} when the user has as many instances as allowed. */
    public static int inotifyInit1() throws IOException {
        return (int) retry("a new instance", SystemCall.INOTIFY_INIT1, O_CLOEXEC, 0, 0, 0, 0, 0);
    }

    /** Writes all of {@code length} bytes from {@code buffer} at {@code offset}. */
    public static void write(int descriptor, MemorySegment buffer, long offset, long length) throws IOException {
        long done = 0;
        while (done < length) {
            done += retry(
                    "fd " + descriptor,
                    SystemCall.WRITE,
                    descriptor,
                    buffer.address() + offset + done,
                    length - done,
                    0,
                    0,
                    0);
        }
    }

    /** Reads up to {@code length} bytes; 0 means end of file. */
    public static long read(int descriptor, MemorySegment buffer, long offset, long length) throws IOException {
        return retry("fd " + descriptor, SystemCall.READ, descriptor, buffer.address() + offset, length, 0, 0, 0);
    }

    public static void fsync(int descriptor) throws IOException {
        retry("fd " + descriptor, SystemCall.FSYNC, descriptor, 0, 0, 0, 0, 0);
    }

    /** Writes everything of the file system that {@code descriptor} is on. */
    public static void syncfs(int descriptor) throws IOException {
        retry("fd " + descriptor, SystemCall.SYNCFS, descriptor, 0, 0, 0, 0, 0);
    }

    public static void mkdirat(int directory, String path, int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(path, SystemCall.MKDIRAT, directory, text(arena, path), mode, 0, 0, 0);
        }
    }

    /** {@code mode} holds type and permissions; {@code device} is {@link #device}, 0 for pipes and sockets. */
    public static void mknodat(int directory, String path, int mode, long device) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(path, SystemCall.MKNODAT, directory, text(arena, path), mode, device, 0, 0);
        }
    }

    /** Number of a device node as {@code makedev(3)} makes it. */
    public static long device(int major, int minor) {
        long high = major & 0xFFFFFFFFL;
        long low = minor & 0xFFFFFFFFL;
        return ((high & 0xFFFFF000L) << 32) | ((high & 0xFFF) << 8) | ((low & 0xFFFFFF00L) << 12) | (low & 0xFF);
    }

    public static void symlinkat(String target, int directory, String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(path, SystemCall.SYMLINKAT, text(arena, target), directory, text(arena, path), 0, 0, 0);
        }
    }

    public static String readlinkat(int directory, String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(4097);
            long length =
                    check(path, SystemCall.READLINKAT, directory, text(arena, path), buffer.address(), 4096, 0, 0);
            return NativeText.decode(buffer, length);
        }
    }

    public static void linkat(int fromDirectory, String from, int toDirectory, String to) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(to, SystemCall.LINKAT, fromDirectory, text(arena, from), toDirectory, text(arena, to), 0, 0);
        }
    }

    public static void unlinkat(int directory, String path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(path, SystemCall.UNLINKAT, directory, text(arena, path), flags, 0, 0, 0);
        }
    }

    public static void renameat2(int fromDirectory, String from, int toDirectory, String to, int flags)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(
                    from + " -> " + to,
                    SystemCall.RENAMEAT2,
                    fromDirectory,
                    text(arena, from),
                    toDirectory,
                    text(arena, to),
                    flags,
                    0);
        }
    }

    public static void fchmod(int descriptor, int mode) throws IOException {
        check("fd " + descriptor, SystemCall.FCHMOD, descriptor, mode, 0, 0, 0, 0);
    }

    /** Follows a link at the end of {@code path}; use it on things known not to be links. */
    public static void fchmodat(int directory, String path, int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(path, SystemCall.FCHMODAT, directory, text(arena, path), mode, 0, 0, 0);
        }
    }

    public static void fchown(int descriptor, int uid, int gid) throws IOException {
        check("fd " + descriptor, SystemCall.FCHOWN, descriptor, uid, gid, 0, 0, 0);
    }

    public static void fchownat(int directory, String path, int uid, int gid, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(path, SystemCall.FCHOWNAT, directory, text(arena, path), uid, gid, flags, 0);
        }
    }

    /** Sets access and modification time to the same instant, seconds and nanoseconds since 1970. */
    public static void utimensat(int directory, String path, long seconds, long nanoseconds, int flags)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment times = arena.allocate(32, 8);
            for (long at = 0; at < 32; at += 16) {
                times.set(ValueLayout.JAVA_LONG, at, seconds);
                times.set(ValueLayout.JAVA_LONG, at + 8, nanoseconds);
            }
            long name = path.isEmpty() ? 0 : text(arena, path);
            check(path, SystemCall.UTIMENSAT, directory, name, times.address(), flags, 0, 0);
        }
    }

    /** Status of {@code path}; with {@link #AT_EMPTY_PATH} and an empty path, of the descriptor itself. */
    public static FileStatus statx(int directory, String path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(256, 8);
            check(path, SystemCall.STATX, directory, text(arena, path), flags, 0x7FF, buffer.address(), 0);
            return FileStatus.of(buffer);
        }
    }

    /** Names in a directory opened for reading, without {@code .} and {@code ..}, in the directory's order. */
    public static List<String> getdents64(int descriptor) throws IOException {
        List<String> names = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(65536, 8);
            while (true) {
                long filled =
                        check("fd " + descriptor, SystemCall.GETDENTS64, descriptor, buffer.address(), 65536, 0, 0, 0);
                if (filled == 0) {
                    return names;
                }
                for (long at = 0; at < filled; ) {
                    int size = Short.toUnsignedInt(buffer.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 16));
                    String name = NativeText.decode(buffer.asSlice(at + 19, size - 19));
                    if (!name.equals(".") && !name.equals("..")) {
                        names.add(name);
                    }
                    at += size;
                }
            }
        }
    }

    // ---- extended attributes: paths as in lsetxattr(2), the last component is never followed
    // -------------------------

    public static void lsetxattr(String path, String name, byte[] value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, value.length));
            MemorySegment.copy(value, 0, bytes, ValueLayout.JAVA_BYTE, 0, value.length);
            check(
                    path,
                    SystemCall.LSETXATTR,
                    text(arena, path),
                    text(arena, name),
                    bytes.address(),
                    value.length,
                    0,
                    0);
        }
    }

    /** Value of one attribute, empty when the file has none of that name. */
    public static Optional<byte[]> lgetxattr(String path, String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(65536);
            long length = check(
                    path, SystemCall.LGETXATTR, text(arena, path), text(arena, name), buffer.address(), 65536, 0, 0);
            return Optional.of(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
        } catch (Errno e) {
            if (e.number() == Errno.ENODATA || e.number() == Errno.EOPNOTSUPP) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public static List<String> llistxattr(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(65536);
            long length = check(path, SystemCall.LLISTXATTR, text(arena, path), buffer.address(), 65536, 0, 0, 0);
            String all = NativeText.decode(buffer, length);
            return all.isEmpty() ? List.of() : List.of(all.split("\0"));
        } catch (Errno e) {
            if (e.number() == Errno.EOPNOTSUPP) {
                return List.of();
            }
            throw e;
        }
    }

    public static void lremovexattr(String path, String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(path, SystemCall.LREMOVEXATTR, text(arena, path), text(arena, name), 0, 0, 0, 0);
        }
    }

    // ---- mounts
    // ------------------------------------------------------------------------------------------------------

    public static void mount(String source, String target, String type, long flags, String data) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(
                    target,
                    SystemCall.MOUNT,
                    text(arena, source),
                    text(arena, target),
                    text(arena, type),
                    flags,
                    text(arena, data),
                    0);
        }
    }

    public static void umount2(String target, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(target, SystemCall.UMOUNT2, text(arena, target), flags, 0, 0, 0, 0);
        }
    }

    /** {@code open_tree(2)} with {@code OPEN_TREE_CLONE}: a detached copy of the mount at {@code path}. */
    public static int openTreeClone(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return (int) check(path, SystemCall.OPEN_TREE, AT_FDCWD, text(arena, path), 1 | O_CLOEXEC, 0, 0, 0);
        }
    }

    /** Attaches the detached mount {@code mount} at {@code path}. */
    public static void moveMount(int mount, String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            // MOVE_MOUNT_F_EMPTY_PATH
            check(path, SystemCall.MOVE_MOUNT, mount, text(arena, ""), AT_FDCWD, text(arena, path), 4, 0);
        }
    }

    /** Makes a detached mount idmapped by the user namespace {@code userNamespace} ({@code MOUNT_ATTR_IDMAP}). */
    public static void mountSetIdmap(int mount, int userNamespace) throws IOException {
        mountSetattr(mount, 0x100000, userNamespace);
    }

    /** Makes a detached mount read-only ({@code MOUNT_ATTR_RDONLY}). */
    public static void mountSetReadOnly(int mount) throws IOException {
        mountSetattr(mount, 1, 0);
    }

    private static void mountSetattr(int mount, long set, long userNamespace) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(32, 8);
            attributes.set(ValueLayout.JAVA_LONG, 0, set);
            attributes.set(ValueLayout.JAVA_LONG, 24, userNamespace);
            check(
                    "mount",
                    SystemCall.MOUNT_SETATTR,
                    mount,
                    text(arena, ""),
                    AT_EMPTY_PATH,
                    attributes.address(),
                    32,
                    0);
        }
    }

    public static int fsopen(String type) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return (int) check(type, SystemCall.FSOPEN, text(arena, type), 1, 0, 0, 0, 0);
        }
    }

    /** {@code FSCONFIG_SET_STRING}. */
    public static void fsconfigString(int context, String key, String value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(key + "=" + value, SystemCall.FSCONFIG, context, 1, text(arena, key), text(arena, value), 0, 0);
        }
    }

    /** {@code FSCONFIG_SET_FLAG}. */
    public static void fsconfigFlag(int context, String key) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(key, SystemCall.FSCONFIG, context, 0, text(arena, key), 0, 0, 0);
        }
    }

    /** {@code FSCONFIG_CMD_CREATE}; what the kernel then says about a bad option is added to the error. */
    public static void fsconfigCreate(int context, String what) throws IOException {
        check(what, SystemCall.FSCONFIG, context, 6, 0, 0, 0, 0);
    }

    public static int fsmount(int context) throws IOException {
        return fsmount(context, 0);
    }

    /** {@code attributes} is a set of {@code MOUNT_ATTR_*}. */
    public static int fsmount(int context, long attributes) throws IOException {
        return (int) check("fsmount", SystemCall.FSMOUNT, context, 1, attributes, 0, 0, 0);
    }

    // ---- others
    // ------------------------------------------------------------------------------------------------------

    /** {@code flock(2)}; {@code EAGAIN} with {@link #LOCK_NB} when somebody else holds it. */
    public static void flock(int descriptor, int operation) throws IOException {
        retry("fd " + descriptor, SystemCall.FLOCK, descriptor, operation, 0, 0, 0, 0);
    }

    public static void kill(long processId, int signal) throws IOException {
        check("process " + processId, SystemCall.KILL, processId, signal, 0, 0, 0, 0);
    }

    /** Makes {@code descriptor} share the extents of {@code source} ({@code FICLONE}); EOPNOTSUPP on most file systems. */
    public static void ficlone(int descriptor, int source) throws IOException {
        check("fd " + descriptor, SystemCall.IOCTL, descriptor, 0x40049409L, source, 0, 0, 0);
    }

    /** Columns of the terminal at {@code descriptor} ({@code TIOCGWINSZ}, ioctl_tty(2)); ENOTTY when it is none. */
    static int windowColumns(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment window = arena.allocate(4 * Short.BYTES); // rows, columns, and both in pixels
            check("fd " + descriptor, SystemCall.IOCTL, descriptor, 0x5413L, window.address(), 0, 0, 0);
            return Short.toUnsignedInt(window.get(ValueLayout.JAVA_SHORT, Short.BYTES));
        }
    }

    // ---- the one function
    // --------------------------------------------------------------------------------------------

    private static long text(Arena arena, String text) {
        return NativeText.encode(arena, text).address();
    }

    static long retry(String object, SystemCall call, long a, long b, long c, long d, long e, long f)
            throws IOException {
        while (true) {
            long result = raw(call, a, b, c, d, e, f);
            if (result >= 0) {
                return result;
            }
            int errno = (int) ERRNO.get(CAPTURED.get(), 0L);
            if (errno != Errno.EINTR) {
                throw new Errno(errno, call.name().toLowerCase(java.util.Locale.ROOT), object);
            }
        }
    }

    static long check(String object, SystemCall call, long a, long b, long c, long d, long e, long f)
            throws IOException {
        long result = raw(call, a, b, c, d, e, f);
        if (result < 0) {
            int errno = (int) ERRNO.get(CAPTURED.get(), 0L);
            throw new Errno(errno, call.name().toLowerCase(java.util.Locale.ROOT), object);
        }
        return result;
    }

    private static long raw(SystemCall call, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) SYSCALL.invokeExact(CAPTURED.get(), (long) call.number(), a, b, c, d, e, f);
        } catch (Throwable impossible) {
            throw new AssertionError("syscall(2) cannot throw", impossible);
        }
    }
}
