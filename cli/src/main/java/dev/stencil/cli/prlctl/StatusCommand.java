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
        return Syntax.command(
                "Show whether a container exists and runs.",
                Syntax.flag("-j --json", "As JSON."),
                ContainerCommand.operand());
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
        if (arguments.flag("--json")) {
            json(given, container, containers, out);
            return 0;
        }
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

    private static void json(String given, Optional<Container> container, Containers containers, Output out) {
        String name = container
                .map(one -> one.config().name().orElse(one.id().text()))
                .orElse(given);
        out.json(json -> {
            json.writeStartObject();
            json.writeStringProperty("name", name);
            json.writeBooleanProperty("exists", container.isPresent());
            container.ifPresent(one -> json.writeStringProperty(
                    "status", containers.status(one.id()).listed()));
            json.writeEndObject();
        });
    }
}
