package dev.stencil.linux.oci;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands between the processes of a bundle and the host.
 *
 * @param namespaces new ones, or existing ones to join
 * @param ids the range that user and group numbers 0 and up are mapped to; without one, numbers inside are the host's
 * @param deniedPaths paths of {@code /proc} and {@code /sys} that cannot be seen
 * @param readOnlyPaths paths of {@code /proc} and {@code /sys} that cannot be written
 * @param systemCalls rules over a default of allowing
 */
public record OciIsolation(
        List<Namespace> namespaces,
        Optional<Ids> ids,
        List<String> deniedPaths,
        List<String> readOnlyPaths,
        List<SystemCallRule> systemCalls) {

    /** A namespace by its name in the runtime specification: {@code pid}, {@code network}, {@code user} … */
    public record Namespace(String type, Optional<Path> existing) {}

    /** Numbers 0 to {@code count - 1} inside are {@code first} and up on the host. */
    public record Ids(int first, int count) {}

    /** The named system calls fail with {@code errno}; 0 means they do nothing and succeed. */
    public record SystemCallRule(List<String> names, int errno) {
        public SystemCallRule {
            names = List.copyOf(names);
        }
    }

    private static final List<String> DENIED = List.of(
            "/proc/acpi",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware");

    public OciIsolation {
        namespaces = List.copyOf(namespaces);
        deniedPaths = List.copyOf(deniedPaths);
        readOnlyPaths = List.copyOf(readOnlyPaths);
        systemCalls = List.copyOf(systemCalls);
    }

    /** New namespaces of these types, all of {@code /proc} and {@code /sys} that controls the host closed. */
    public static OciIsolation of(String... newNamespaces) {
        List<Namespace> namespaces = new ArrayList<>();
        for (String type : newNamespaces) {
            namespaces.add(new Namespace(type, Optional.empty()));
        }
        return new OciIsolation(
                namespaces,
                Optional.empty(),
                DENIED,
                List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"),
                List.of());
    }

    /** With one more namespace, which exists already. */
    public OciIsolation joining(String type, Path namespace) {
        List<Namespace> all = new ArrayList<>(namespaces);
        all.add(new Namespace(type, Optional.of(namespace)));
        return new OciIsolation(all, ids, deniedPaths, readOnlyPaths, systemCalls);
    }

    /** With an existing user namespace, which maps {@code range}. */
    public OciIsolation joiningUsers(Path namespace, Ids range) {
        OciIsolation joined = joining("user", namespace);
        return new OciIsolation(joined.namespaces, Optional.of(range), deniedPaths, readOnlyPaths, systemCalls);
    }

    public OciIsolation readOnlyPaths(List<String> paths) {
        return new OciIsolation(namespaces, ids, deniedPaths, paths, systemCalls);
    }

    public OciIsolation with(SystemCallRule rule) {
        List<SystemCallRule> all = new ArrayList<>(systemCalls);
        all.add(rule);
        return new OciIsolation(namespaces, ids, deniedPaths, readOnlyPaths, all);
    }
}
