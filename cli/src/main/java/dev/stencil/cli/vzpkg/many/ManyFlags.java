package dev.stencil.cli.vzpkg.many;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Syntax;
import dev.stencil.container.many.ContainerSelection;
import dev.stencil.container.many.ManyContainers.Limits;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/** Options that make a command one on many containers. */
public final class ManyFlags {
    private static final int MOST_JOBS = 1000;

    private ManyFlags() {}

    /** {@code own} followed by these options. */
    public static ArgSpec[] with(ArgSpec... own) {
        List<ArgSpec> all = new ArrayList<>(List.of(own));
        all.add(Syntax.flag("--all", "All containers, several at once."));
        all.add(Syntax.values("--match", "GLOB", "Containers whose id or name fits this shell pattern."));
        all.add(Syntax.values("--ct", "CT,…", "These containers."));
        all.add(Syntax.value("--jobs", "N", "How many containers at once (JOBS in vztt.conf, or processors)."));
        all.add(Syntax.flag("--fail-fast", "After the first failure begin with no other container."));
        return all.toArray(ArgSpec[]::new);
    }

    /** Whether the command line is about many containers, and its operands are none of them. */
    public static boolean areIn(Arguments arguments) {
        boolean many = arguments.flag("--all") || arguments.flag("--match") || arguments.flag("--ct");
        if (!many && (arguments.flag("--jobs") || arguments.flag("--fail-fast"))) {
            throw new StencilException(
                    Fault.USAGE, "--jobs and --fail-fast go with --all, --match or --ct, which choose containers.");
        }
        return many;
    }

    static ContainerSelection selection(Arguments arguments) {
        List<String> named = new ArrayList<>();
        for (String list : arguments.values("--ct")) {
            for (String name : list.split(",", -1)) {
                if (name.isBlank()) {
                    throw new StencilException(
                            Fault.BAD_VALUE, "Option --ct needs ids or names of containers, not \"" + list + "\".");
                }
                named.add(Arguments.withoutDot(name.strip()));
            }
        }
        return new ContainerSelection(arguments.flag("--all"), arguments.values("--match"), named);
    }

    /** {@code usual} jobs unless the command line says how many. */
    static Limits limits(Arguments arguments, int usual) {
        long jobs = arguments.number("--jobs").orElse((long) usual);
        if (jobs < 1 || jobs > MOST_JOBS) {
            throw new StencilException(
                    Fault.BAD_VALUE, "Option --jobs needs a number from 1 to " + MOST_JOBS + ", not " + jobs + ".");
        }
        return new Limits((int) jobs, arguments.flag("--fail-fast"));
    }
}
