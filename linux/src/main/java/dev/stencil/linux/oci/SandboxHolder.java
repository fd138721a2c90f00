package dev.stencil.linux.oci;

import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The first process of a sandbox. It reads from us until we close the pipe or die, so it never outlives us; orphans are
 * collected by the kernel because it ignores SIGCHLD.
 */
final class SandboxHolder {
    /**
     * Says that it runs, then waits. An {@code env} without the option (busybox, coreutils before 8.31) leaves zombies. Where
     * {@code /usr} can stand for itself the process moves its own root there: {@code ischroot(1)} compares the root of
     * process 1 with that of its caller, and scripts of packages go the way of a chroot (libc6 would wait for an init).
     */
    static final List<String> COMMAND = List.of(
            "/bin/sh",
            "-c",
            """
            export PATH=/usr/sbin:/usr/bin:/sbin:/bin
            env --ignore-signal=CHLD true 2>/dev/null && reaping='env --ignore-signal=CHLD'
            chroot /usr cat </dev/null 2>/dev/null && elsewhere='chroot /usr'
            echo
            exec $reaping $elsewhere cat
            """);

    private static final int LAST_WORDS = 4096;

    private final OciRuntime runtime;
    private final ProgramRunner host;
    private final Path state;
    private final String id;
    private final Process process;

    private SandboxHolder(OciRuntime runtime, ProgramRunner host, Path state, String id, Process process) {
        this.runtime = runtime;
        this.host = host;
        this.state = state;
        this.id = id;
        this.process = process;
    }

    static SandboxHolder start(OciRuntime runtime, ProgramRunner host, Path state, Path bundle) throws IOException {
        String id = bundle.getFileName().toString();
        Path errors = bundle.resolve("errors");
        Program command = runtime.command(state, "run", "--bundle", bundle.toString(), id)
                .input(new Program.Input.Bytes(new byte[0]))
                .errors(new Program.Output.File(errors));
        var holder = new SandboxHolder(runtime, host, state, id, host.start(command));
        if (holder.process.getInputStream().read() != '\n') {
            holder.stop();
            throw new IOException("the sandbox did not start: " + lastWords(errors) + " (" + command.shown() + ")");
        }
        return holder;
    }

    private static String lastWords(Path errors) throws IOException {
        byte[] all = Files.readAllBytes(errors);
        int from = Math.max(0, all.length - LAST_WORDS);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
    }

    String id() {
        return id;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills everything inside. The kernel does it: they are in the pid namespace of a process that ends. */
    void stop() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                host.run(runtime.command(state, "kill", id, "KILL"));
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (Files.exists(state.resolve(id))) {
            host.run(runtime.command(state, "delete", "--force", id));
        }
    }
}
