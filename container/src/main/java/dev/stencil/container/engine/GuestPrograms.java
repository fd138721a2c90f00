package dev.stencil.container.engine;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.oci.OciRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs inside one guest: a process that joins its cgroups and has the runtime put it into its namespaces. */
final class GuestPrograms implements ProgramRunner {
    /** The first parameter counts the cgroup directories that follow; what is left is executed. */
    private static final String JOIN =
            "n=$1; shift; while [ $n -gt 0 ]; do echo $$ > \"$1/cgroup.procs\"; shift; n=$((n-1)); done; exec \"$@\"";

    /** Finds the runtime when it is needed. */
    interface RuntimeSource {
        OciRuntime find() throws IOException;
    }

    private final RuntimeSource runtime;
    private final Path state;
    private final ProgramRunner host;
    private final GuestDirectory guest;
    private final boolean isOnTerminal;

    GuestPrograms(RuntimeSource runtime, Path state, ProgramRunner host, GuestDirectory guest, boolean isOnTerminal) {
        this.runtime = runtime;
        this.state = state;
        this.host = host;
        this.guest = guest;
        this.isOnTerminal = isOnTerminal;
    }

    @Override
    public Finished run(Program program) throws IOException {
        Finished finished = host.run(inside(program));
        return new Finished(
                program,
                finished.status(),
                finished.killed(),
                finished.stdout(),
                finished.stderrEnd(),
                finished.elapsed());
    }

    @Override
    public Process start(Program program) throws IOException {
        return host.start(inside(program));
    }

    private Program inside(Program program) throws IOException {
        if (!Files.exists(guest.processFile())) {
            throw new StencilException(
                    Fault.CONTAINER_NOT_RUNNING, "Container " + guest.id() + " is not running. Start it first.");
        }
        List<Path> joined = new GuestCgroup(Cgroups.ofHost(), guest.key()).forCommands();
        List<String> arguments = new ArrayList<>(List.of(JOIN, "sh", Integer.toString(joined.size())));
        joined.forEach(directory -> arguments.add(directory.toString()));
        arguments.addAll(runtime.find().command(state, execution(program)).argv());
        Program command = Program.of("sh", "-c")
                .args(arguments)
                .input(program.input())
                .output(program.output())
                .errors(program.errors());
        return command.limitedAs(program);
    }

    private List<String> execution(Program program) {
        List<String> arguments = new ArrayList<>(List.of("exec"));
        if (isOnTerminal) {
            arguments.add("--tty");
        }
        arguments.addAll(
                List.of("--cwd", program.directory().map(Path::toString).orElse("/")));
        program.environment().forEach((name, value) -> arguments.addAll(List.of("--env", name + "=" + value)));
        arguments.add(guest.key());
        arguments.addAll(program.argv());
        return arguments;
    }
}
