package dev.stencil.cli.vzctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.StartOptions;
import picocli.CommandLine.Model.ArgSpec;

/** {@code vzctl start} and {@code restart}, which take the same options; spec vzctl 3.6. */
final class StartCommand {
    private static final ArgSpec[] OPTIONS = {
        Syntax.flag("--wait", "Return when the guest has reached its default run level."),
        Syntax.flag("--force", "Start it although it is disabled."),
        Syntax.flag("--skip_ve_setup", "Leave the guest's files as they are."),
        Syntax.ignored("--skip-fsck"),
        Syntax.ignoredValue("--osrelease")
    };

    private StartCommand() {}

    static ContainerCommand start(Stencil stencil) {
        return ContainerCommand.of(
                stencil,
                (service, id, arguments, out) -> service.start(id, options(arguments), out.progress()),
                "Mount a container and boot it.",
                OPTIONS);
    }

    static ContainerCommand restart(Stencil stencil) {
        return ContainerCommand.of(
                stencil,
                (service, id, arguments, out) -> service.restart(id, options(arguments), out.progress()),
                "Stop a container, if it runs, and boot it.",
                OPTIONS);
    }

    private static StartOptions options(Arguments arguments) {
        var options = new StartOptions(
                java.util.Optional.empty(), arguments.flag("--force"), arguments.flag("--skip_ve_setup"));
        return arguments.flag("--wait") ? options.waiting(StartOptions.USUAL_WAIT) : options;
    }
}
