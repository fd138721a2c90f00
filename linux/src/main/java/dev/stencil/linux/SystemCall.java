package dev.stencil.linux;

/** Numbers of the system calls we use, per architecture; source: {@code asm/unistd_64.h} and {@code asm-generic/unistd.h}. */
enum SystemCall {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    IOCTL(16, 29),
    SOCKET(41, 198),
    RECVFROM(45, 207),
    BIND(49, 200),
    SETSOCKOPT(54, 208),
    KILL(62, 129),
    FCNTL(72, 25),
    FLOCK(73, 32),
    FSYNC(74, 82),
    FCHMOD(91, 52),
    FCHOWN(93, 55),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    LSETXATTR(189, 6),
    LGETXATTR(192, 9),
    LLISTXATTR(195, 12),
    LREMOVEXATTR(198, 15),
    GETDENTS64(217, 61),
    OPENAT(257, 56),
    MKDIRAT(258, 34),
    MKNODAT(259, 33),
    FCHOWNAT(260, 54),
    UNLINKAT(263, 35),
    LINKAT(265, 37),
    SYMLINKAT(266, 36),
    READLINKAT(267, 78),
    FCHMODAT(268, 53),
    UTIMENSAT(280, 88),
    INOTIFY_INIT1(294, 26),
    SYNCFS(306, 267),
    SETNS(308, 268),
    RENAMEAT2(316, 276),
    STATX(332, 291),
    OPEN_TREE(428, 428),
    MOVE_MOUNT(429, 429),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    OPENAT2(437, 437),
    MOUNT_SETATTR(442, 442);

    private static final boolean AARCH64 = "aarch64".equals(System.getProperty("os.arch"));

    private final int x86Number;
    private final int armNumber;

    SystemCall(int x86Number, int armNumber) {
        this.x86Number = x86Number;
        this.armNumber = armNumber;
    }

    int number() {
        return AARCH64 ? armNumber : x86Number;
    }

    /** Value of {@code O_DIRECTORY}, which differs between the architectures. */
    static int directoryFlag() {
        return AARCH64 ? 0x4000 : 0x10000;
    }

    /** Value of {@code O_NOFOLLOW}, which differs between the architectures. */
    static int noFollowFlag() {
        return AARCH64 ? 0x8000 : 0x20000;
    }
}
