package dev.stencil.cli.vzpkg.diff;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.Container;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.compare.ComparedState;
import dev.stencil.image.compare.StateDifference;
import dev.stencil.packages.InstalledPackage;
import java.util.List;
import java.util.Optional;
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
                                + " TEMPLATE@rN, revision N of its lock; a lock file."));
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
        boolean isContainer = argument.indexOf('/') < 0 && argument.indexOf('@') < 0 && stencil.hasContainer(argument);
        return isContainer ? container(argument, out) : stencil.templateStates().find(argument);
    }

    /** Its packages are those of its own database. */
    private ComparedState container(String name, Output out) {
        Container container = stencil.containers().require(name);
        return new ComparedState(
                "container " + container.shown(),
                stencil.containerPackages(false, out::uninterrupted).inventory().packages(name).stream()
                        .map(InstalledPackage::name)
                        .toList(),
                Optional.of(stencil.containerService(false).files(container.id())));
    }
}
