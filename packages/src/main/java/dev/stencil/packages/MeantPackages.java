package dev.stencil.packages;

import dev.stencil.host.Fault;
import dev.stencil.host.NearNames;
import dev.stencil.host.StencilException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Adds to a package manager's refusal which packages may have been meant by names that are none. All names of the lists are
 * asked for then only: that takes longer than the refusal.
 */
public final class MeantPackages {
    private final List<String> asked;
    private final Supplier<List<String>> known;

    /** @param known names of packages that there are, in any order and as often as they like */
    public MeantPackages(PackageRequest request, Supplier<List<String>> known) {
        this.asked = asked(request);
        this.known = known;
    }

    private static List<String> asked(PackageRequest request) {
        return switch (request) {
            case PackageRequest.Install(var names) -> names;
            case PackageRequest.Update(var names, var _) -> names;
            case PackageRequest.Renew(var names) -> names;
            case PackageRequest.Release(var names) -> names;
            case PackageRequest.Remove(var names, var _) -> names;
            case PackageRequest.InstallFiles _, PackageRequest.Exactly _ -> List.of();
        };
    }

    /** The answer of {@code resolving}; a refusal is thrown with proposals. */
    public <T> T proposedFor(Supplier<T> resolving) {
        try {
            return resolving.get();
        } catch (StencilException e) {
            throw e.fault() == Fault.PACKAGE_MANAGER ? explained(e) : e;
        }
    }

    private StencilException explained(StencilException refusal) {
        String words = String.valueOf(refusal.getMessage());
        List<String> blamed = asked.stream()
                .map(MeantPackages::bare)
                .filter(name -> !name.isEmpty() && words.contains(name))
                .toList();
        String proposals = blamed.isEmpty() ? "" : proposals(blamed, refusal);
        return proposals.isEmpty() ? refusal : new StencilException(refusal.fault(), words + proposals, refusal);
    }

    private String proposals(List<String> blamed, StencilException refusal) {
        Set<String> names;
        try {
            names = new TreeSet<>(known.get());
        } catch (StencilException e) {
            refusal.addSuppressed(e); // the refusal is what matters, with or without proposals
            return "";
        }
        var proposals = new StringBuilder();
        for (String name : new TreeSet<>(blamed)) {
            String question = names.contains(name) ? "" : NearNames.question(name, comparable(name, names));
            if (!question.isEmpty()) {
                proposals
                        .append("\nThere is no package ")
                        .append(name)
                        .append('.')
                        .append(question);
            }
        }
        return proposals.toString();
    }

    /** Without the short ones, with which almost any long name begins. */
    private static List<String> comparable(String name, Set<String> names) {
        return names.stream().filter(one -> one.length() * 2 > name.length()).toList();
    }

    /** {@code name} of {@code name=version}, {@code name/suite}, {@code name:arch}. */
    private static String bare(String word) {
        int end = 0;
        while (end < word.length() && "=/:".indexOf(word.charAt(end)) < 0) {
            end++;
        }
        return word.substring(0, end);
    }
}
