package dev.stencil.container;

import dev.stencil.container.config.ContainerId;
import dev.stencil.container.engine.Engine;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs commands inside for somebody at a terminal or a script; source: spec vzctl 3.9. Takes no lock. */
final class ContainerCommands {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "HOME", "/", "SHELL", "/bin/bash", "PATH", "/usr/local/sbin:/usr/local/bin:/bin:/sbin:/usr/bin:/usr/sbin");

    private final Containers containers;
    private final Engine engine;

    ContainerCommands(Containers containers, Engine engine) {
        this.containers = containers;
        this.engine = engine;
    }

    /** {@code words} joined with blanks, read by a shell; a single {@code -} stands for commands on standard input. */
    Finished shell(ContainerId id, List<String> words, Map<String, String> more) {
        requireCommand(words);
        Container container = containers.requireRunning(id);
        Program shell = Program.of(shellOf(container));
        Program program = words.equals(List.of("-")) ? shell : shell.args("-c", String.join(" ", words));
        return run(container, program, more);
    }

    /** {@code argv} as it is. */
    Finished direct(ContainerId id, List<String> argv, Map<String, String> more) {
        requireCommand(argv);
        Container container = containers.requireRunning(id);
        return run(container, Program.of(argv.getFirst()).args(argv.subList(1, argv.size())), more);
    }

    /** A login shell, on a terminal of the container where the caller has one. */
    Finished enter(ContainerId id, Map<String, String> more) {
        Container container = containers.requireRunning(id);
        Program login = Program.of(shellOf(container), "-l")
                .env(ENVIRONMENT)
                .env("HOME", "/root")
                .env(more);
        try {
            ProgramRunner runner = isTerminal() ? engine.onTerminal(id.text()) : engine.inside(id.text());
            return runner.run(login.interactive());
        } catch (IOException e) {
            throw failed(container, e);
        }
    }

    /** Whether our standard input is a terminal; a script that feeds a login shell has none. */
    private static boolean isTerminal() throws IOException {
        String input = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
        return input.startsWith("/dev/pts/") || input.startsWith("/dev/tty") || input.equals("/dev/console");
    }

    private Finished run(Container container, Program program, Map<String, String> more) {
        try {
            Program complete = program.env(ENVIRONMENT).env(more).interactive();
            return engine.inside(container.id().text()).run(complete);
        } catch (IOException e) {
            throw failed(container, e);
        }
    }

    private static String shellOf(Container container) {
        try (Root root = Root.open(container.root())) {
            return root.exists("bin/bash") ? "/bin/bash" : "/bin/sh";
        } catch (IOException e) {
            throw failed(container, e);
        }
    }

    private static void requireCommand(List<String> words) {
        if (words.isEmpty()) {
            throw new StencilException(Fault.USAGE, "No command is given. Write it after the container.");
        }
    }

    private static StencilException failed(Container container, IOException e) {
        return new StencilException(
                Fault.COMMAND_FAILED,
                "Cannot run a command in container " + container.shown() + ": " + e.getMessage(),
                e);
    }
}
