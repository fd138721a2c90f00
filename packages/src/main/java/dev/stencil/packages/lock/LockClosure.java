package dev.stencil.packages.lock;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFacts;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import dev.stencil.packages.PathConflict;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the packages of a lock are enough for each other: all that its default members strongly need is among them, and
 * none excludes another (spec conary 9.1, R-2).
 */
public final class LockClosure {
    private static final int MOST_TOLD = 5;

    private LockClosure() {}

    /**
     * Checks {@code lock} against what its packages say.
     *
     * @param relations of exactly the lock's default members
     * @throws StencilException {@code LOCK_NOT_CLOSED} naming the members, what they need, and how they came in
     */
    public static void require(Lock lock, PackageRelations relations) {
        List<String> problems = problems(lock, relations);
        if (problems.isEmpty()) {
            return;
        }
        int told = Math.min(MOST_TOLD, problems.size());
        String rest = problems.size() > told ? "; and " + (problems.size() - told) + " more" : "";
        throw new StencilException(
                Fault.LOCK_NOT_CLOSED,
                "The lock of " + LockDiffText.title(lock.template()) + " is not closed: "
                        + String.join("; ", problems.subList(0, told)) + rest
                        + ". Nothing was installed. Make it again with:"
                        + " vzpkg lock " + lock.template().name());
    }

    /** A conflict of two members of {@code lock}, with how they came in. */
    public static StencilException explained(Lock lock, PathConflict conflict) {
        var chains = new InclusionChains(lock);
        return conflict.explained(chain(chains, conflict.newcomer()), chain(chains, conflict.owner()));
    }

    private static String chain(InclusionChains chains, String name) {
        List<String> labels = chains.labels(name);
        return labels.isEmpty() ? name : String.join(" -> ", chains.chain(labels.getFirst()));
    }

    /** One sentence each, in the order of the packages. Empty for a closed lock. */
    static List<String> problems(Lock lock, PackageRelations relations) {
        var chains = new InclusionChains(lock);
        List<String> problems = new ArrayList<>();
        for (PackageFacts member : relations.members()) {
            for (PackageFacts.Requirement need : member.requirements()) {
                if (need.metBy().isEmpty()) {
                    problems.add(member.name().name() + " needs " + need.text()
                            + ", which nothing in the lock provides (" + chain(chains, member.name()) + ")");
                }
            }
            for (PackageFacts.Exclusion exclusion : member.exclusions()) {
                problems.add(member.name().name() + " " + exclusion.relation() + " "
                        + exclusion.other().name() + " (" + chain(chains, member.name()) + "; "
                        + chain(chains, exclusion.other()) + ")");
            }
        }
        return problems;
    }

    private static String chain(InclusionChains chains, PackageName name) {
        return chains.chainText(name.name(), name.arch());
    }
}
