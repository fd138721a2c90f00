package dev.stencil.cli.vzctl;

import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;

/** {@code vzctl unset}; spec vzctl 3.8. */
final class UnsetCommand {
    private UnsetCommand() {}

    static ContainerCommand of(Stencil stencil) {
        return ContainerCommand.of(
                stencil,
                (service, id, arguments, out) -> {
                    if (!arguments.flag("--name")) {
                        throw new StencilException(Fault.USAGE, "Nothing to unset is given. Pass --name.");
                    }
                    service.rename(id, "");
                },
                "Take a container's name away.",
                Syntax.flag("--name", "The name."));
    }
}
