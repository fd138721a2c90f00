package dev.stencil.container.engine;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Errno;
import dev.stencil.linux.Root;
import dev.stencil.linux.oci.OciConfig;
import dev.stencil.linux.oci.OciIsolation;
import dev.stencil.linux.oci.OciMount;
import dev.stencil.linux.oci.OciProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the runtime is told about a guest. Source: spec vzctl 7.3 to 7.5; systemd.io/CONTAINER_INTERFACE. */
final class GuestBundle {
    private static final List<String> INITS = List.of("/sbin/init", "/bin/init", "/usr/lib/systemd/systemd");
    private static final long MOST_FILES = 1_048_576;

    /** Harmless for the host with and without a user namespace. */
    private static final List<String> CAPABILITIES = List.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "SETGID",
            "SETUID",
            "SETPCAP",
            "SETFCAP",
            "LINUX_IMMUTABLE",
            "NET_BIND_SERVICE",
            "NET_BROADCAST",
            "NET_RAW",
            "NET_ADMIN",
            "IPC_LOCK",
            "IPC_OWNER",
            "SYS_CHROOT",
            "SYS_BOOT",
            "SYS_NICE",
            "SYS_TTY_CONFIG",
            "LEASE",
            "AUDIT_WRITE");

    /** Only of use to somebody whose user namespace they stop at. */
    private static final List<String> NAMESPACED =
            List.of("SYS_ADMIN", "SYS_PTRACE", "SYS_RESOURCE", "DAC_READ_SEARCH", "MKNOD", "CHECKPOINT_RESTORE");

    private GuestBundle() {}

    /** Fails with NO_INIT when the root has nothing to boot. */
    static OciConfig config(GuestSpec spec, GuestDirectory guest) throws IOException {
        var process = new OciProcess(
                List.of(init(spec)),
                environment(spec),
                false,
                capabilities(spec),
                Map.of("RLIMIT_NOFILE", new OciProcess.Limit(1024, Math.min(MOST_FILES, ownFileLimit()))));
        return new OciConfig(
                process, spec.root(), spec.identity().hostName(), mounts(spec, guest), isolation(spec, guest));
    }

    private static String init(GuestSpec spec) throws IOException {
        try (Root root = Root.open(spec.root())) {
            for (String init : INITS) {
                if (root.exists(init)) {
                    return init;
                }
            }
        }
        throw new StencilException(
                Fault.NO_INIT,
                "Container " + spec.id() + " cannot boot: " + spec.root() + " has none of " + String.join(", ", INITS)
                        + ". Is it the root of a system?");
    }

    private static Map<String, String> environment(GuestSpec spec) {
        Map<String, String> environment = new TreeMap<>(spec.identity().environment());
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOME", "/");
        environment.put("TERM", "linux");
        environment.put("container", "stencil");
        environment.put("container_uuid", spec.identity().uuid().toString());
        environment.put("NOTIFY_SOCKET", ReadinessSocket.INSIDE);
        return environment;
    }

    private static List<String> capabilities(GuestSpec spec) {
        List<String> names = new ArrayList<>(CAPABILITIES);
        if (spec.ids().isPresent()) {
            names.addAll(NAMESPACED);
        }
        return names.stream().map(name -> "CAP_" + name).toList();
    }

    /** Nobody without CAP_SYS_RESOURCE can give more than it has. */
    private static long ownFileLimit() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith("Max open files")) {
                String hard = line.substring("Max open files".length()).strip().split(" +")[1];
                return hard.equals("unlimited") ? MOST_FILES : Long.parseLong(hard);
            }
        }
        return MOST_FILES;
    }

    private static List<OciMount> mounts(GuestSpec spec, GuestDirectory guest) {
        List<OciMount> mounts = new ArrayList<>(List.of(
                OciMount.of("proc", "/proc", "nosuid", "noexec", "nodev"),
                OciMount.of("sysfs", "/sys", "nosuid", "noexec", "nodev", "ro"),
                OciMount.of("cgroup", "/sys/fs/cgroup", "nosuid", "noexec", "nodev", "rw"),
                OciMount.of("tmpfs", "/dev", "nosuid", "noexec", "mode=755", "size=1m"),
                OciMount.of(
                        "devpts", "/dev/pts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"),
                OciMount.of("tmpfs", "/dev/shm", "nosuid", "nodev", "mode=1777"),
                OciMount.of("mqueue", "/dev/mqueue", "nosuid", "noexec", "nodev"),
                OciMount.of("tmpfs", "/run", "nosuid", "nodev", "mode=755"),
                // Debian's systemd mounts this one too, and gives up where it may not.
                OciMount.of("tmpfs", "/run/lock", "nosuid", "nodev", "noexec", "mode=1777", "size=5m"),
                OciMount.readOnlyBind(guest.hostFolder(), "/run/host")));
        mounts.addAll(spec.mounts());
        return mounts;
    }

    private static OciIsolation isolation(GuestSpec spec, GuestDirectory guest) {
        var common = OciIsolation.of("pid", "ipc", "uts", "mount", "cgroup")
                .joining("network", guest.networkNamespace())
                .with(new OciIsolation.SystemCallRule(
                        List.of(
                                "kexec_load",
                                "kexec_file_load",
                                "init_module",
                                "finit_module",
                                "delete_module",
                                "swapon",
                                "swapoff",
                                "acct",
                                "open_by_handle_at"),
                        Errno.EPERM))
                .with(new OciIsolation.SystemCallRule(List.of("keyctl", "add_key", "request_key"), Errno.ENOSYS));
        if (spec.ids().isEmpty()) {
            return common;
        }
        // /proc/sys is written with the rights of the namespaces: the network's belongs to the guest, the kernel's does
        // not.
        return common.joiningUsers(guest.userNamespace(), spec.ids().get())
                .readOnlyPaths(List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sysrq-trigger"));
    }
}
