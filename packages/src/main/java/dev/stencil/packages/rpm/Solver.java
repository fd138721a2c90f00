package dev.stencil.packages.rpm;

import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which of the family's tools decides. */
@FunctionalInterface
interface Solver {
    /** dnf itself. */
    Solver DNF = new Solver() {
        @Override
        public Solution solve(DnfState state, RpmScratch scratch, PackageRequest request, boolean isDescribed) {
            return DnfResolver.askDnf(state, scratch, request, isDescribed);
        }

        @Override
        public void expectQuestion(DnfState state) {
            state.expectQuestion();
        }
    };

    /**
     * What {@code request} means for the root whose database lies in {@code scratch}, an empty one at first.
     *
     * @param isDescribed whether to tell also what the lists say about the packages that come
     */
    Solution solve(DnfState state, RpmScratch scratch, PackageRequest request, boolean isDescribed) throws IOException;

    /** A question follows soon; one that is slow to start begins. */
    default void expectQuestion(DnfState state) {}

    /**
     * What was decided.
     *
     * @param about what the lists say about the packages that come, in their order; empty unless asked for
     */
    record Solution(Resolution resolution, List<Answer> about) {
        private static final Set<String> ABOUT = Set.of("origin", "member", "provides", "needs", "excludes");

        public Solution {
            about = List.copyOf(about);
        }

        Solution(Resolution resolution) {
            this(resolution, List.of());
        }

        /** Those of {@code answers} that are about packages, or those that are not. */
        static List<Answer> part(List<Answer> answers, boolean isAbout) {
            List<Answer> part = new ArrayList<>();
            for (Answer answer : answers) {
                if (ABOUT.contains(answer.kind()) == isAbout) {
                    part.add(answer);
                }
            }
            return part;
        }
    }
}
