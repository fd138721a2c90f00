package dev.stencil.cli.vzctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.CommandTable;
import dev.stencil.cli.Output;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.Tool;
import dev.stencil.host.Fault;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzctl}: its commands in the order of the usage text. */
public final class Vzctl implements Tool {
    private static final String DESTROY = "Remove a stopped container with all its data.";

    @Override
    public String name() {
        return "vzctl";
    }

    @Override
    public String synopsis() {
        return "vzctl [--quiet|--verbose] [--skiplock] COMMAND CTID|NAME [OPTION…]";
    }

    @Override
    public CommandTable commands() {
        var table = CommandTable.builder()
                .add("create", "Create a container from an OS template", stencil -> new CreateCommand(stencil))
                .add("destroy", "Remove a container", services -> destroy(services))
                .add("start", "Boot a container", StartCommand::start)
                .add("stop", "Power a container off", StopCommand::of)
                .add("restart", "Stop and boot a container", StartCommand::restart)
                .add("status", "Show how a container is", stencil -> new StatusCommand(stencil))
                .add("mount", "Mount a container's root", services -> mount(services))
                .add("umount", "Unmount a container's root", services -> unmount(services))
                .add("set", "Change settings of a container", stencil -> new SetCommand(stencil))
                .add("unset", "Take a container's name away", UnsetCommand::of)
                .add(
                        "exec",
                        "Run a command inside; failures are 8",
                        s -> new ExecCommand(s, ExecCommand.Kind.SHELL_PLAIN))
                .add("exec2", "Run a command inside", services -> new ExecCommand(services, ExecCommand.Kind.SHELL))
                .add("exec3", "Run a program inside", services -> new ExecCommand(services, ExecCommand.Kind.DIRECT))
                .add("enter", "Open a login shell inside", stencil -> new EnterCommand(stencil))
                .hidden("delete", services -> destroy(services));
        for (String old : List.of("quotaon", "quotaoff", "quotainit", "compact")) {
            table.hidden(old, services -> new DeprecatedCommand(old));
        }
        return table.build();
    }

    @Override
    public int exitCode(Fault fault) {
        return fault.vzctlCode();
    }

    @Override
    public List<String> globalOptions() {
        return List.of(
                "--quiet", "--verbose", "--skiplock", "--skipowner", "--ignore-ha-cluster", "--configure-timeout=");
    }

    @Override
    public String aboutGlobal(String name) {
        return switch (name) {
            case "--quiet" -> "Say errors only.";
            case "--verbose" -> "Say what happens in detail, with each command that is run.";
            case "--skiplock" -> "Take no locks: the caller holds them.";
            default -> "Accepted for old scripts, without effect.";
        };
    }

    @Override
    public void addCommonOptions(CommandSpec spec) {
        spec.addOption(Syntax.ignored("--skiplock"));
    }

    @Override
    public void configure(Arguments arguments, Output out) {
        if (arguments.flag("--quiet")) {
            out.setVerbosity(0);
        } else if (arguments.flag("--verbose")) {
            out.setVerbosity(5);
        }
    }

    private static ContainerCommand destroy(dev.stencil.cli.Stencil stencil) {
        return ContainerCommand.of(
                stencil,
                (service, id, arguments, out) -> service.destroy(id, out.progress()),
                DESTROY,
                Syntax.ignored("--safe"));
    }

    private static ContainerCommand mount(dev.stencil.cli.Stencil stencil) {
        return ContainerCommand.of(
                stencil,
                (service, id, arguments, out) -> service.mount(id, out.progress()),
                "Make the root of a container appear at VE_ROOT.",
                Syntax.ignored("--skip-fsck"),
                Syntax.ignored("--skip_ve_setup"),
                Syntax.ignored("--skipquotacheck"));
    }

    private static ContainerCommand unmount(dev.stencil.cli.Stencil stencil) {
        return ContainerCommand.of(
                stencil,
                (service, id, arguments, out) -> service.unmount(id, out.progress()),
                "Unmount the root of a container that does not run.");
    }
}
