package dev.stencil.cli.vzpkg.area;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Commands for containers whose files were links into the template area (VZFS). No host has such containers any more; old
 * scripts still call them, and get the answers that spec vzpkg 4.3 and 8.4 give.
 */
public final class ObsoleteCommand implements Command {
    private final String summary;
    private final PositionalParamSpec operands;
    private final Consumer<Arguments> answer;

    private ObsoleteCommand(String summary, PositionalParamSpec operands, Consumer<Arguments> answer) {
        this.summary = summary;
        this.operands = operands;
        this.answer = answer;
    }

    /** {@code link CT…}: always 61. */
    public static Command link() {
        return new ObsoleteCommand(
                "Not supported: containers share files by their layers, without links.",
                Syntax.operands("CT", "1..*", "Containers."),
                _ -> {
                    throw new StencilException(
                            Fault.NOT_SUPPORTED,
                            "There are no links to make: containers share the layers of their caches.");
                });
    }

    /** {@code upgrade area [OST…]}: always 43, and 0 where there are no templates. */
    public static Command upgradeArea(Stencil stencil) {
        return new ObsoleteCommand(
                "Not supported: the template area has no older form to upgrade from.",
                Syntax.operands("OST", "0..*", "OS templates; all base ones without any."),
                arguments -> {
                    arguments.names().forEach(stencil.templates()::requireOfAnyArchitecture);
                    if (!stencil.templates().baseTemplates().isEmpty()) {
                        throw new StencilException(
                                Fault.LAYOUT_UNSUPPORTED,
                                "The template area is of the newest form already. There is nothing to upgrade.");
                    }
                });
    }

    /** {@code repair PRIVATE CONF}: nothing to do, 0. */
    public static Command repair() {
        return new ObsoleteCommand(
                "Accepted, without effect.",
                Syntax.operands("PRIVATE CONF", "2..*", "Private area and configuration of a container."),
                _ -> {});
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(summary, operands);
    }

    @Override
    public int run(Arguments arguments, Output out) {
        answer.accept(arguments);
        return 0;
    }
}
