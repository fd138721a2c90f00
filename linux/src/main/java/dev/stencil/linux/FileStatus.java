package dev.stencil.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What {@code statx(2)} tells of a file.
 *
 * @param mode type and permission bits as in {@code st_mode}
 * @param device file system the file is on, {@code makedev} form
 * @param nodeDevice for device nodes the node's own number
 * @param mtimeSeconds modification time, seconds since 1970; {@code mtimeNanos} its fraction
 */
public record FileStatus(
        int mode,
        int uid,
        int gid,
        long size,
        long inode,
        int links,
        long device,
        long nodeDevice,
        long mtimeSeconds,
        int mtimeNanos) {

    static FileStatus of(MemorySegment statx) {
        var i = ValueLayout.JAVA_INT;
        var l = ValueLayout.JAVA_LONG;
        return new FileStatus(
                Short.toUnsignedInt(statx.get(ValueLayout.JAVA_SHORT, 28)),
                statx.get(i, 20),
                statx.get(i, 24),
                statx.get(l, 40),
                statx.get(l, 32),
                statx.get(i, 16),
                Kernel.device(statx.get(i, 136), statx.get(i, 140)),
                Kernel.device(statx.get(i, 128), statx.get(i, 132)),
                statx.get(l, 112),
                statx.get(i, 120));
    }

    public boolean isDirectory() {
        return type() == Kernel.S_IFDIR;
    }

    public boolean isRegular() {
        return type() == Kernel.S_IFREG;
    }

    public boolean isSymlink() {
        return type() == Kernel.S_IFLNK;
    }

    /** One of {@code Kernel.S_IF*}. */
    public int type() {
        return mode & Kernel.S_IFMT;
    }

    /** Permission bits with setuid, setgid and sticky. */
    public int permissions() {
        return mode & 0xFFF;
    }
}
