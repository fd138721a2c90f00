package dev.stencil.cli.prlctl;

import dev.stencil.cli.Command;
import dev.stencil.cli.CommandTable;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.Tool;
import dev.stencil.cli.vzctl.EnterCommand;
import dev.stencil.cli.vzctl.ExecCommand;
import dev.stencil.container.StartOptions;
import dev.stencil.container.StopOptions;
import dev.stencil.host.Fault;

/** {@code prlctl}: its commands in the order of the usage text. */
public final class Prlctl implements Tool {
    @Override
    public String name() {
        return "prlctl";
    }

    @Override
    public String synopsis() {
        return "prlctl COMMAND CTID|NAME [OPTION…]";
    }

    @Override
    public CommandTable commands() {
        return CommandTable.builder()
                .add("create", "Create a container from an OS template", stencil -> new CreateCommand(stencil))
                .add("delete", "Remove a container", Prlctl::delete)
                .add("start", "Boot a container", Prlctl::start)
                .add("stop", "Power a container off", Prlctl::stop)
                .add("restart", "Stop and boot a container", Prlctl::restart)
                .add("list", "List containers", stencil -> new ListCommand(stencil))
                .add("status", "Show how a container is", stencil -> new StatusCommand(stencil))
                .add("set", "Change settings of a container", stencil -> new SetCommand(stencil))
                .add("exec", "Run a command inside", Prlctl::exec)
                .add("enter", "Open a login shell inside", stencil -> new EnterCommand(stencil))
                .add("mount", "Mount a container's root", Prlctl::mount)
                .add("umount", "Unmount a container's root", Prlctl::unmount)
                .build();
    }

    @Override
    public int exitCode(Fault fault) {
        return fault.vzctlCode();
    }

    private static Command start(Stencil stencil) {
        return new PrlctlCommand(
                stencil,
                new PrlctlCommand.Texts(
                        "Boot a container.", "Starting the CT...", "The CT has been successfully started."),
                (service, id, arguments, out) -> {
                    StartOptions options = arguments.flag("--wait")
                            ? StartOptions.DEFAULT.waiting(StartOptions.USUAL_WAIT)
                            : StartOptions.DEFAULT;
                    service.start(id, options, out.progress());
                },
                Syntax.flag("--wait", "Return when the guest has reached its default run level."));
    }

    private static Command stop(Stencil stencil) {
        return new PrlctlCommand(
                stencil,
                new PrlctlCommand.Texts(
                        "Power a container off.", "Stopping the CT...", "The CT has been successfully stopped."),
                (service, id, arguments, out) -> service.stop(
                        id, arguments.flag("--kill") ? StopOptions.FAST : StopOptions.DEFAULT, out.progress()),
                Syntax.flag("--kill --fast", "Kill its processes at once."));
    }

    private static Command restart(Stencil stencil) {
        return new PrlctlCommand(
                stencil,
                new PrlctlCommand.Texts(
                        "Stop a container, if it runs, and boot it.",
                        "Restarting the CT...",
                        "The CT has been successfully restarted."),
                (service, id, arguments, out) -> service.restart(id, StartOptions.DEFAULT, out.progress()));
    }

    private static Command delete(Stencil stencil) {
        return new PrlctlCommand(
                stencil,
                new PrlctlCommand.Texts(
                        "Remove a container with all its data.",
                        "Removing the CT...",
                        "The CT has been successfully removed."),
                (service, id, arguments, out) -> {
                    if (arguments.flag("--force")) {
                        service.stop(id, StopOptions.FAST, out.progress());
                    }
                    service.destroy(id, out.progress());
                },
                Syntax.flag("--force", "Also when it runs."));
    }

    private static Command mount(Stencil stencil) {
        return new PrlctlCommand(
                stencil,
                new PrlctlCommand.Texts("Mount a container's root.", "", "The CT has been successfully mounted."),
                (service, id, arguments, out) -> service.mount(id, out.progress()));
    }

    private static Command unmount(Stencil stencil) {
        return new PrlctlCommand(
                stencil,
                new PrlctlCommand.Texts("Unmount a container's root.", "", "The CT has been successfully unmounted."),
                (service, id, arguments, out) -> service.unmount(id, out.progress()));
    }

    private static Command exec(Stencil stencil) {
        return new ExecCommand(stencil, ExecCommand.Kind.CHOSEN);
    }
}
