package dev.stencil.cli.prlctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzctl.ContainerCommand;
import dev.stencil.container.Container;
import dev.stencil.container.Containers;
import dev.stencil.container.config.ContainerId;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code prlctl status}: one line, exit code 0 for an unknown container as well; spec vzctl 3.17. */
final class StatusCommand implements Command {
    private final Stencil stencil;

    StatusCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command("Show whether a container exists and runs.", ContainerCommand.operand());
    }

    @Override
    public int run(Arguments arguments, Output out) {
        String given = arguments.operand(0);
        Containers containers = stencil.containers();
        Optional<Container> container = containers
                .configs()
                .names()
                .find(given)
                .or(() -> ContainerId.find(given))
                .flatMap(containers::find);
        if (container.isEmpty()) {
            out.line("VM " + given + " deleted");
            return 0;
        }
        String name =
                container.get().config().name().orElse(container.get().id().text());
        out.line("CT " + name + " exist "
                + containers.status(container.get().id()).listed());
        return 0;
    }
}
