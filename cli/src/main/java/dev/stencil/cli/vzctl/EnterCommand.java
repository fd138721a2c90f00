package dev.stencil.cli.vzctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.ContainerService;
import dev.stencil.container.config.ContainerId;
import dev.stencil.linux.Finished;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzctl enter}: a login shell in a running container; spec vzctl 3.9. */
public final class EnterCommand implements Command {
    private final Stencil stencil;

    public EnterCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command("Open a login shell in a container.", ContainerCommand.operand());
    }

    @Override
    public int run(Arguments arguments, Output out) {
        ContainerService service = stencil.containerService(arguments.flag("--skiplock"));
        ContainerId id = service.containers().configs().resolve(arguments.operand(0));
        service.containers().requireRunning(id);
        String terminal = stencil.environment().getOrDefault("TERM", "linux");
        out.note("entered into CT " + id);
        out.flush();
        Finished finished = service.enter(id, Map.of("TERM", terminal));
        out.note("exited from CT " + id);
        return finished.status();
    }
}
