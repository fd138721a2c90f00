package dev.stencil.linux.oci;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The OCI runtime of this host and how it must be called here.
 *
 * <p>crun refuses hosts with cgroup version 1 and 2 side by side; it runs there when it sees version 2 alone, in a mount
 * namespace of its own, and then manages no cgroups.
 */
public record OciRuntime(Kind kind, Path program, Cgroups cgroups) {
    /** The two runtimes we know the ways of. */
    public enum Kind {
        CRUN,
        RUNC
    }

    /** Who makes the cgroups of a bundle. */
    public enum Cgroups {
        /** The runtime, with a filter for devices. */
        MANAGED,
        /** The caller, or nobody: processes stay in the cgroups of the runtime's own process. */
        UNMANAGED,
        /** As {@link #UNMANAGED}, on a host whose hierarchies the runtime must not see. */
        HIDDEN
    }

    /** Run by {@code sh} in a new mount namespace; the runtime and its arguments are the positional parameters. */
    private static final String HIDE = "mount -t cgroup2 cgroup2 /sys/fs/cgroup && exec \"$@\"";

    /**
     * A runtime that works here and can restrict devices by cgroup, as sandboxes want: crun on hosts with cgroup version
     * 2 alone, else runc. What is missing is replaced by the other as far as that works. Costs no child process.
     */
    public static OciRuntime find() throws IOException {
        boolean unified = isUnified();
        Optional<Path> crun = HostPrograms.find("crun");
        Optional<Path> runc = HostPrograms.find("runc");
        if (crun.isPresent() && (unified || runc.isEmpty())) {
            return new OciRuntime(Kind.CRUN, crun.get(), unified ? Cgroups.MANAGED : Cgroups.HIDDEN);
        }
        return new OciRuntime(
                Kind.RUNC,
                runc.orElseThrow(() -> new IOException("neither runc nor crun is installed: install one of them")),
                Cgroups.MANAGED);
    }

    /** crun leaving all cgroups alone, which works with any; empty when it is not installed. */
    public static Optional<OciRuntime> crun() throws IOException {
        Cgroups cgroups = isUnified() ? Cgroups.UNMANAGED : Cgroups.HIDDEN;
        return HostPrograms.find("crun").map(path -> new OciRuntime(Kind.CRUN, path, cgroups));
    }

    /** Whether the host has cgroup version 2 alone. */
    public static boolean isUnified() throws IOException {
        return Mounts.current().stream()
                .anyMatch(mount -> mount.target().equals(Path.of("/sys/fs/cgroup"))
                        && mount.type().equals("cgroup2"));
    }

    /** Whether devices other than those of the runtime's own {@code /dev} are refused even to who can make their nodes. */
    public boolean isRestrictingDevices() {
        return cgroups == Cgroups.MANAGED;
    }

    /** The runtime with its state below {@code state} and these arguments. */
    public Program command(Path state, String... arguments) {
        return command(state, List.of(arguments));
    }

    public Program command(Path state, List<String> arguments) {
        List<String> argv = new ArrayList<>();
        if (cgroups == Cgroups.HIDDEN) {
            argv.addAll(List.of("unshare", "--mount", "sh", "-c", HIDE, "sh"));
        }
        argv.addAll(List.of(program.toString(), "--root", state.toString()));
        if (kind == Kind.CRUN && cgroups != Cgroups.MANAGED) {
            argv.add("--cgroup-manager=disabled");
        }
        argv.addAll(arguments);
        return Program.of(argv.getFirst()).args(argv.subList(1, argv.size()));
    }
}
