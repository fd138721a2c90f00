package dev.stencil.linux.oci;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the scripts of packages and templates in a root directory, as root there and powerless elsewhere: own mount, pid,
 * ipc, uts and network namespace, a minimal {@code /dev}, {@code /sys} and {@code /proc/sys} read-only, no CAP_SYS_ADMIN,
 * no devices. Calls that wait for the disk ({@code fsync(2)} and its kin) do nothing; sync once when the root is done.
 *
 * <p>The first {@link #run} starts a process that holds the namespaces and collects orphans; it needs {@code sh}, {@code cat}
 * and {@code env} in the root. It lives until {@link #close}, or until this process dies, and takes along whatever the
 * scripts left running. Everything but what the scripts wrote is gone from the root afterwards.
 */
public final class Sandbox implements ProgramRunner, AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Not given: CAP_SYS_ADMIN, CAP_DAC_READ_SEARCH (opens files of the host by handle), CAP_NET_ADMIN and the like. */
    private static final List<String> CAPABILITIES = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETPCAP",
            "CAP_SETFCAP",
            "CAP_SYS_CHROOT",
            "CAP_NET_BIND_SERVICE",
            "CAP_AUDIT_WRITE");

    private static final OciIsolation.SystemCallRule NO_SYNC = new OciIsolation.SystemCallRule(
            List.of("fsync", "fdatasync", "sync", "syncfs", "msync", "sync_file_range"), 0);

    private final OciRuntime runtime;
    private final ProgramRunner host;
    private final Path root;
    private final SandboxOptions options;
    private final Path bundle;
    private final SandboxMountPoints mountPoints;
    private final Optional<FrozenClock> clock;
    private Optional<SandboxHolder> holder = Optional.empty();

    private Sandbox(OciRuntime runtime, ProgramRunner host, Path root, SandboxOptions options, Path bundle) {
        this.runtime = runtime;
        this.host = host;
        this.root = root;
        this.options = options;
        this.bundle = bundle;
        this.clock = options.clock().map(FrozenClock::new);
        boolean isPreloading = clock.isPresent() && FrozenClock.hasLibrary();
        this.mountPoints = new SandboxMountPoints(root, isPreloading ? List.of(FrozenClock.PRELOAD) : List.of());
    }

    /** Nothing is started yet. What killed processes left in the state directory is removed. */
    public static Sandbox open(OciRuntime runtime, ProgramRunner host, Path root, SandboxOptions options)
            throws IOException {
        Files.createDirectories(options.state());
        new SandboxLeftovers(runtime, host, options.state()).remove();
        String id = SandboxLeftovers.PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Path bundle = options.state().resolve(id);
        Files.createDirectories(bundle);
        return new Sandbox(runtime, host, root.toRealPath(), options, bundle);
    }

    /** Runs {@code program} inside; its directory is one of the root. The time limit ends everything that runs inside. */
    @Override
    public Finished run(Program program) throws IOException {
        Program inside = inside(program);
        try {
            Finished finished = host.run(inside);
            return new Finished(
                    program,
                    finished.status(),
                    finished.killed(),
                    finished.stdout(),
                    finished.stderrEnd(),
                    finished.elapsed());
        } catch (IOException e) {
            stop();
            throw e;
        }
    }

    @Override
    public Process start(Program program) throws IOException {
        return host.start(inside(program));
    }

    private Program inside(Program program) throws IOException {
        String id = holder().id();
        List<String> arguments = new ArrayList<>(List.of("exec"));
        program.directory().ifPresent(directory -> arguments.addAll(List.of("--cwd", directory.toString())));
        Map<String, String> environment = new TreeMap<>(program.environment());
        environment.putIfAbsent("HOME", "/root"); // runtimes invent different ones
        clock.ifPresent(frozen -> environment.putAll(frozen.environment()));
        environment.forEach((name, value) -> arguments.addAll(List.of("--env", name + "=" + value)));
        arguments.add(id);
        arguments.addAll(program.argv());
        Program exec = runtime.command(SandboxLeftovers.runtimeState(options.state()), arguments);
        // runc hands our own umask on to what it executes.
        Program command = Program.of("sh", "-c", "umask 022 && exec \"$@\"", "sh")
                .args(exec.argv())
                .env(exec.environment())
                .input(program.input())
                .output(program.output())
                .errors(program.errors());
        return command.limitedAs(program);
    }

    private synchronized SandboxHolder holder() throws IOException {
        if (holder.filter(SandboxHolder::isAlive).isEmpty()) {
            stop();
            mountPoints.make();
            config().write(bundle);
            Path runtimeState = SandboxLeftovers.runtimeState(options.state());
            holder = Optional.of(SandboxHolder.start(runtime, host, runtimeState, bundle));
        }
        return holder.get();
    }

    private OciConfig config() throws IOException {
        List<String> capabilities = new ArrayList<>(CAPABILITIES);
        if (runtime.isRestrictingDevices()) {
            capabilities.add("CAP_MKNOD");
        }
        if (!options.isOnHostNetwork()) {
            capabilities.add("CAP_NET_RAW");
        }
        var process = new OciProcess(SandboxHolder.COMMAND, Map.of(), false, capabilities, Map.of());
        var isolation = options.isOnHostNetwork()
                ? OciIsolation.of("pid", "ipc", "uts", "mount")
                : OciIsolation.of("pid", "ipc", "uts", "mount", "network");
        return new OciConfig(process, root, options.hostName(), mounts(), isolation.with(NO_SYNC));
    }

    private List<OciMount> mounts() throws IOException {
        List<OciMount> mounts = new ArrayList<>(List.of(
                OciMount.of("proc", "/proc", "nosuid", "noexec", "nodev"),
                OciMount.of("tmpfs", "/dev", "nosuid", "noexec", "mode=755", "size=64k"),
                OciMount.of(
                        "devpts", "/dev/pts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"),
                OciMount.of("tmpfs", "/dev/shm", "nosuid", "noexec", "nodev", "mode=1777"),
                OciMount.of("sysfs", "/sys", "nosuid", "noexec", "nodev", "ro")));
        if (mountPoints.has(SandboxMountPoints.HOSTS)) {
            mounts.add(OciMount.readOnlyBind(hosts(), "/etc/hosts"));
        }
        List<OciMount> clocks =
                mountPoints.has(FrozenClock.PRELOAD) ? clock.orElseThrow().mounts(bundle) : List.<OciMount>of();
        mounts.addAll(clocks);
        mounts.addAll(options.mounts());
        options.innerRoot().ifPresent(inner -> clocks.forEach(mount -> mounts.add(mount.below(inner))));
        return mounts;
    }

    private Path hosts() throws IOException {
        String name = options.hostName();
        int dot = name.indexOf('.');
        String names = dot < 0 ? name : name + " " + name.substring(0, dot);
        Path file = bundle.resolve("hosts");
        Files.writeString(file, "127.0.0.1 " + names + " localhost\n::1 localhost ip6-localhost ip6-loopback\n");
        return file;
    }

    private synchronized void stop() throws IOException {
        if (holder.isPresent()) {
            holder.get().stop();
            holder = Optional.empty();
        }
        mountPoints.remove();
    }

    /** Ends everything that runs inside and removes what was made for it. */
    @Override
    public synchronized void close() throws IOException {
        stop();
        SandboxLeftovers.removeBundle(bundle);
    }
}
