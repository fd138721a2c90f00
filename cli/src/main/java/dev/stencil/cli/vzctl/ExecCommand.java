package dev.stencil.cli.vzctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.ContainerService;
import dev.stencil.container.config.ContainerId;
import dev.stencil.host.Fault;
import dev.stencil.linux.Finished;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code exec}, {@code exec2} and {@code exec3}: a command in a running container; spec vzctl 3.9. */
public final class ExecCommand implements Command {
    private static final int LAST_SIGNAL = 31;

    private final Stencil stencil;
    private final Kind kind;

    /** How the command is read and what becomes of its status. */
    public enum Kind {
        /** Read by a shell; every failure is 8. */
        SHELL_PLAIN("Run a command in a shell of a container; any failure of it is exit code 8."),
        /** Read by a shell; its own status. */
        SHELL("Run a command in a shell of a container and exit with its status."),
        /** Run as it stands; its own status. */
        DIRECT("Run a program with exactly these arguments in a container and exit with its status."),
        /** As {@link #SHELL}, or as {@link #DIRECT} with an option. */
        CHOSEN("Run a command in a container and exit with its status.");

        private final String summary;

        Kind(String summary) {
            this.summary = summary;
        }
    }

    public ExecCommand(Stencil stencil, Kind kind) {
        this.stencil = stencil;
        this.kind = kind;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                kind.summary,
                Syntax.operands("CTID|NAME COMMAND", "1..*", "The container, and the command with its arguments."));
        if (kind == Kind.CHOSEN) {
            spec.addOption(Syntax.flag("--without-shell", "Run the program itself, with exactly these arguments."));
        }
        // Options behind the container are the command's.
        spec.parser().stopAtPositional(true);
        return spec;
    }

    @Override
    public int run(Arguments arguments, Output out) {
        ContainerService service = stencil.containerService(arguments.flag("--skiplock"));
        List<String> words = arguments.operands();
        ContainerId id = service.containers().configs().resolve(words.getFirst());
        List<String> command = words.subList(1, words.size());
        out.flush();
        Map<String, String> handedOn = handedOn(stencil.environment());
        boolean direct = kind == Kind.DIRECT || arguments.flag("--without-shell");
        Finished finished = direct ? service.execute(id, command, handedOn) : service.shell(id, command, handedOn);
        return code(finished, out);
    }

    private int code(Finished finished, Output out) {
        int signal = finished.status() - 128;
        if (kind == Kind.SHELL_PLAIN) {
            return finished.isSuccess() ? 0 : Fault.COMMAND_FAILED.vzctlCode();
        }
        if (signal > 0 && signal <= LAST_SIGNAL) {
            out.warn("The command was killed by signal " + signal + ".");
            return Fault.SYSTEM.vzctlCode();
        }
        return finished.status();
    }

    /** Variables of ours that {@code VZCTL_ENV=:NAME1:NAME2} wants the command to have. */
    static Map<String, String> handedOn(Map<String, String> environment) {
        Map<String, String> result = new LinkedHashMap<>();
        for (String name : environment.getOrDefault("VZCTL_ENV", "").split(":")) {
            String value = environment.get(name);
            if (!name.isEmpty() && value != null) {
                result.put(name, value);
            }
        }
        return result;
    }
}
