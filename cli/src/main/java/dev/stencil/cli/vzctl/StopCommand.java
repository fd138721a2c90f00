package dev.stencil.cli.vzctl;

import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.StopOptions;

/** {@code vzctl stop}; spec vzctl 3.7. */
final class StopCommand {
    private StopCommand() {}

    static ContainerCommand of(Stencil stencil) {
        return ContainerCommand.of(
                stencil,
                (service, id, arguments, out) -> service.stop(
                        id, new StopOptions(arguments.flag("--fast"), arguments.flag("--skip-umount")), out.progress()),
                "Power a container off and unmount it; after 60 seconds its processes are killed.",
                Syntax.flag("--fast", "Kill its processes at once."),
                Syntax.flag("--skip-umount", "Leave its root mounted."),
                Syntax.ignored("--force"));
    }
}
