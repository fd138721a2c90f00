package dev.stencil.cli.vzctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.ContainerStatus;
import dev.stencil.container.Containers;
import dev.stencil.container.config.ContainerId;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzctl status}: one line of five words, exit code 0 for an unknown container as well; spec vzctl 2.4. */
final class StatusCommand implements Command {
    private final Stencil stencil;

    StatusCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Show whether a container exists, is mounted, and runs.",
                Syntax.flag("-j --json", "As JSON."),
                ContainerCommand.operand());
    }

    @Override
    public int run(Arguments arguments, Output out) {
        Containers containers = stencil.containers();
        ContainerId id = containers.configs().resolve(arguments.operand(0));
        ContainerStatus status = containers.status(id);
        if (arguments.flag("--json")) {
            out.json(json -> {
                json.writeStartObject();
                json.writeStringProperty("ctid", id.text());
                json.writeBooleanProperty("exists", status.exists());
                json.writeBooleanProperty("mounted", status.isMounted());
                json.writeStringProperty("status", status.state().word());
                json.writeEndObject();
            });
            return 0;
        }
        out.line("VEID " + id + (status.exists() ? " exist" : " deleted")
                + (status.isMounted() ? " mounted " : " unmounted ")
                + status.state().word());
        return 0;
    }
}
