package dev.stencil.packages.tools;

import dev.stencil.host.Progress;
import dev.stencil.template.PackageManagerType;
import java.util.List;

/** The trees of tools that there are or can be made, best first. */
@FunctionalInterface
public interface ToolsTrees {
    /** There are none. */
    ToolsTrees NONE = List::of;

    List<Candidate> candidates();

    /** One that may be of use. */
    sealed interface Candidate {
        String name();
    }

    /** It is there: a directory, or a cache. */
    record Ready(ToolsTree tree) implements Candidate {
        @Override
        public String name() {
            return tree.name();
        }
    }

    /** Named by the configuration, and not what can be used; {@code reason} says why. */
    record Unusable(String name, String reason) implements Candidate {}

    /**
     * The cache of a template, which is not there yet.
     *
     * @param family what makes it
     * @param packages names that it will hold, and what they need
     */
    record Buildable(String name, PackageManagerType family, List<String> packages, Build build) implements Candidate {
        public Buildable {
            packages = List.copyOf(packages);
        }
    }

    /** Makes a cache, as a user who asks for it would. */
    @FunctionalInterface
    interface Build {
        ToolsTree run(Progress progress);
    }

    /** Where it is told which tree is used; asked for only when there is something to tell. */
    @FunctionalInterface
    interface Listener {
        Progress progress();
    }
}
