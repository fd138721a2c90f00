package dev.stencil.cli.vzpkg.diff;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.compare.ComparedState;
import dev.stencil.image.compare.StateDifference;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg diff A B}: what B has that A has not, and the other way round. Exit code 0 when equal, 1 when not. */
public final class DiffCommand implements Command {
    private final Stencil stencil;

    public DiffCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Show how two locks, caches or containers differ: packages, then files. Exit code 0 when equal, 1 when not.",
                Syntax.operands(
                        "A|B",
                        "1..*",
                        "Two of: a container's name or id; TEMPLATE, its cache; TEMPLATE@N, generation N of its cache;"
                                + " TEMPLATE@rN, revision N of its lock; each also as"
                                + " TEMPLATE+APP; a lock file."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<String> names = arguments.names();
        if (names.size() != 2) {
            throw new StencilException(
                    Fault.USAGE, "diff compares two things, not " + names.size() + ". See: vzpkg diff --help");
        }
        ComparedState before = state(names.getFirst(), out);
        ComparedState after = state(names.getLast(), out);
        StateDifference difference = StateDifference.between(before, after, stencil.layers());
        if (out.isJson()) {
            out.json(json -> DiffPage.write(difference, json));
        } else {
            DiffPage.lines(difference).forEach(out::line);
        }
        return difference.isEmpty() ? 0 : 1;
    }

    private ComparedState state(String argument, Output out) {
        return ContainerState.isMeant(argument, stencil)
                ? ContainerState.of(argument, stencil, out)
                : stencil.templateStates().find(argument);
    }
}
