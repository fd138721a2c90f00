package dev.stencil.host;

/**
 * Kinds of failure, each with the exit codes that the two families of tools give it: {@code vzpkg} (spec vzpkg 4.8) and
 * {@code vzctl} (spec vzctl 3.15). Codes are stable API for scripts.
 */
public enum Fault {
    /** A system call or file error that no other kind names. */
    SYSTEM(1, 3),
    /** A bug of ours. */
    INTERNAL(2, 3),
    /** A program or template script could not run or failed. */
    SCRIPT_FAILED(3, 79),
    FILE_NOT_FOUND(9, 11),
    NOT_ROOT(10, 12),
    CONTAINER_NOT_RUNNING(15, 31),
    CONTAINER_ABSENT(16, 14),
    CONTAINER_NOT_MOUNTED(18, 40),
    CONTAINER_MOUNTED(19, 41),
    CONTAINER_RUNNING(19, 32),
    /** Somebody else holds the lock, or waiting for it took too long. */
    LOCKED(21, 9),
    STALE(22, 48),
    NOT_CACHED(23, 48),
    TEMPLATE_UNKNOWN(24, 48),
    TEMPLATE_BROKEN(25, 48),
    APPLICATION_NOT_INSTALLED(26, 87),
    APPLICATION_INSTALLED(27, 87),
    APPLICATION_UNKNOWN(28, 87),
    SAMPLE_MISSING(30, 82),
    /** A base OS template that sets are made of. */
    TEMPLATE_HAS_SETS(32, 48),
    /** A file that is not the package of a template. */
    NOT_A_TEMPLATE(33, 48),
    /** The command line cannot be understood: unknown command or surplus operands. */
    USAGE(35, 20),
    /** An option that does not exist, or a value out of its range. */
    BAD_VALUE(35, 21),
    LOCKDIR_UNSET(36, 77),
    TEMPLATE_AREA_UNSET(37, 24),
    ROOT_UNSET(38, 22),
    PRIVATE_UNSET(39, 23),
    OS_TEMPLATE_UNSET(40, 211),
    /** The template area or a container is of a form that this program does not handle. */
    LAYOUT_UNSUPPORTED(43, 48),
    PACKAGE_MANAGER_UNKNOWN(45, 48),
    /** No container of that name or id. */
    CONTAINER_NAME(46, 14),
    TECHNOLOGY_UNKNOWN(47, 131),
    FETCH_FAILED(52, 48),
    BAD_URL(56, 48),
    ARCHITECTURE_UNKNOWN(57, 48),
    ARCHITECTURE_UNSUPPORTED(58, 48),
    NOT_SUPPORTED(61, 233),
    /** A base OS template with application templates that came by themselves. */
    TEMPLATE_HAS_APPLICATIONS(65, 48),
    METADATA_MISSING(67, 48),
    /** The template area may be that of other hosts too. */
    AREA_SHARED(68, 48),
    /** apt, dpkg, dnf, rpm or zypper failed; the message carries its own words. */
    PACKAGE_MANAGER(70, 87),
    PACKAGE_OPERATIONS_FORBIDDEN(73, 87),
    /** The host demands a lock and the template has none (spec conary 9.8, like all from 90 on). */
    LOCK_REQUIRED(90, 48),
    /** A lock that is damaged, edited or badly signed. */
    LOCK_DAMAGED(91, 48),
    /** A lock whose packages do not fit together or need others. */
    LOCK_NOT_CLOSED(92, 48),
    /** A file is not the one that the lock names. */
    PACKAGE_ALTERED(93, 48),
    /** Building a lock again gave something else. */
    REBUILD_DIFFERS(94, 48),
    NO_SPACE(1, 46),
    NO_CONFIG(1, 10),
    COMMAND_FAILED(8, 8),
    STOP_FAILED(1, 33),
    NO_PRIVATE_AREA(16, 43),
    CONTAINER_EXISTS(1, 44),
    NO_INIT(1, 47),
    CREATE_FAILED(1, 48),
    MOUNT_POINT(1, 49),
    MOUNT_FAILED(1, 50),
    UNMOUNT_FAILED(1, 51),
    DESTROY_FAILED(1, 52),
    ENVIRONMENT(1, 7),
    BAD_ADDRESS(1, 71),
    ADDRESS_IN_USE(1, 78),
    START_DISABLED(1, 105),
    WAIT_FAILED(1, 133),
    BAD_CONTAINER_NAME(46, 137),
    CONFIG_NOT_SAVED(1, 139),
    UNMOUNT_BUSY(1, 231);

    private final int vzpkgCode;
    private final int vzctlCode;

    Fault(int vzpkgCode, int vzctlCode) {
        this.vzpkgCode = vzpkgCode;
        this.vzctlCode = vzctlCode;
    }

    public int vzpkgCode() {
        return vzpkgCode;
    }

    public int vzctlCode() {
        return vzctlCode;
    }
}
