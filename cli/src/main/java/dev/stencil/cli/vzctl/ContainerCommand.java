package dev.stencil.cli.vzctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.ContainerService;
import dev.stencil.container.config.ContainerId;
import java.util.function.Supplier;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** A command about one existing container, which is its only operand: most of {@code vzctl}. */
public final class ContainerCommand implements Command {
    private final Stencil stencil;
    private final Supplier<CommandSpec> syntax;
    private final Work work;

    /** What the command does with its container. */
    @FunctionalInterface
    public interface Work {
        void run(ContainerService service, ContainerId id, Arguments arguments, Output out);
    }

    private ContainerCommand(Stencil stencil, Supplier<CommandSpec> syntax, Work work) {
        this.stencil = stencil;
        this.syntax = syntax;
        this.work = work;
    }

    /** With these options beside the operand. */
    public static ContainerCommand of(Stencil stencil, Work work, String summary, ArgSpec... options) {
        return new ContainerCommand(
                stencil,
                () -> {
                    CommandSpec spec = Syntax.command(summary, options);
                    spec.add(operand());
                    return spec;
                },
                work);
    }

    /** The operand that names a container. */
    public static ArgSpec operand() {
        return Syntax.operands("CTID|NAME", "1", "Id or name of the container.");
    }

    @Override
    public CommandSpec spec() {
        return syntax.get();
    }

    @Override
    public int run(Arguments arguments, Output out) {
        ContainerService service = stencil.containerService(arguments.flag("--skiplock"));
        ContainerId id = service.containers().configs().resolve(arguments.operand(0));
        work.run(service, id, arguments, out);
        return 0;
    }
}
