package dev.stencil.packages.deb;

import dev.stencil.packages.PackageFacts;
import dev.stencil.packages.PackageFacts.Exclusion;
import dev.stencil.packages.PackageFacts.Requirement;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Relations in a set of Debian packages as dpkg sees them: versions, versioned Provides, alternatives, architectures.
 * Source: Debian Policy 7, the multi-arch specification, dpkg's {@code archsatisfied} and {@code depisok} by behaviour.
 */
final class DebRelations implements PackageRelations {
    private static final List<String> PRIORITIES = List.of("required", "important", "standard");

    private final String nativeArch;
    private final List<DebMember> members;
    private final Map<String, List<DebMember>> byName = new HashMap<>();
    private final Map<String, List<DebMember>> byProvided = new HashMap<>();
    private final List<PackageFacts> facts;

    DebRelations(String nativeArch, List<DebMember> members) {
        this.nativeArch = nativeArch;
        this.members = List.copyOf(members);
        for (DebMember member : members) {
            byName.computeIfAbsent(member.name().name(), ignored -> new ArrayList<>())
                    .add(member);
            for (DebRelation provided : member.provides()) {
                byProvided
                        .computeIfAbsent(provided.name(), ignored -> new ArrayList<>())
                        .add(member);
            }
        }
        Comparator<DebMember> order = Comparator.comparing(DebRelations::rank)
                .thenComparing(one -> one.name().name())
                .thenComparing(one -> one.name().arch());
        byProvided.values().forEach(providers -> providers.sort(order));
        byName.values().forEach(namesakes -> namesakes.sort(order));
        this.facts = this.members.stream().map(this::facts).toList();
    }

    private static int rank(DebMember member) {
        int rank = PRIORITIES.indexOf(member.control().get("Priority").orElse(""));
        return rank < 0 ? PRIORITIES.size() : rank;
    }

    @Override
    public List<PackageFacts> members() {
        return facts;
    }

    /** {@code name}, {@code name=version}, {@code name/suite}, each also {@code name:arch}. */
    @Override
    public List<PackageName> meant(String word) {
        int end = 0;
        while (end < word.length() && "=/".indexOf(word.charAt(end)) < 0) {
            end++;
        }
        int colon = word.lastIndexOf(':', end);
        String name = word.substring(0, colon > 0 ? colon : end);
        String arch = colon > 0 ? word.substring(colon + 1, end) : "";
        List<PackageName> real = byName.getOrDefault(name, List.of()).stream()
                .filter(one -> arch.isEmpty()
                        || arch.equals("any")
                        || one.archAmong(nativeArch).equals(arch))
                .map(DebMember::name)
                .toList();
        return real.isEmpty()
                ? byProvided.getOrDefault(name, List.of()).stream()
                        .map(DebMember::name)
                        .limit(1)
                        .toList()
                : real;
    }

    private PackageFacts facts(DebMember member) {
        List<Requirement> requirements = new ArrayList<>();
        addRequirements(member, "Pre-Depends", true, requirements);
        addRequirements(member, "Depends", false, requirements);
        List<Exclusion> exclusions = new ArrayList<>();
        addExclusions(member, "Conflicts", "conflicts with", exclusions);
        addExclusions(member, "Breaks", "breaks", exclusions);
        addArchitectures(member, exclusions);
        return new PackageFacts(
                member.name(),
                member.isEssential(),
                member.installedBytes(),
                member.source(),
                requirements,
                exclusions);
    }

    private void addRequirements(DebMember member, String field, boolean isBefore, List<Requirement> requirements) {
        for (DebRelation.Clause clause : member.clauses(field)) {
            Set<PackageName> metBy = new LinkedHashSet<>();
            for (DebRelation relation : clause.alternatives()) {
                satisfying(relation, member).forEach(one -> metBy.add(one.name()));
            }
            requirements.add(new Requirement(clause.text(), isBefore, List.copyOf(metBy)));
        }
    }

    /** Real packages, then providers. */
    private List<DebMember> satisfying(DebRelation relation, DebMember asking) {
        List<DebMember> found = new ArrayList<>();
        for (DebMember member : byName.getOrDefault(relation.name(), List.of())) {
            if (relation.accepts(member.name().version()) && isOfRightArch(relation, member, asking)) {
                found.add(member);
            }
        }
        for (DebMember member : byProvided.getOrDefault(relation.name(), List.of())) {
            if (provides(member, relation) && isOfRightArch(relation, member, asking)) {
                found.add(member);
            }
        }
        return found;
    }

    /** A version is only met by Provides that have one. */
    private static boolean provides(DebMember member, DebRelation relation) {
        return member.provides().stream()
                .anyMatch(provided -> provided.name().equals(relation.name())
                        && (!relation.hasVersion()
                                || (provided.operator().equals("=") && relation.accepts(provided.version()))));
    }

    private boolean isOfRightArch(DebRelation relation, DebMember member, DebMember asking) {
        String multiArch = member.multiArch();
        String arch = member.archAmong(nativeArch);
        return switch (relation.arch()) {
            case "" -> multiArch.equals("foreign") || arch.equals(asking.archAmong(nativeArch));
            case "any" ->
                multiArch.equals("allowed") || multiArch.equals("foreign") || arch.equals(asking.archAmong(nativeArch));
            case "native" -> arch.equals(nativeArch);
            default -> arch.equals(relation.arch());
        };
    }

    private void addExclusions(DebMember member, String field, String words, List<Exclusion> exclusions) {
        for (DebRelation.Clause clause : member.clauses(field)) {
            for (DebRelation relation : clause.alternatives()) {
                for (DebMember other : excluded(relation, member)) {
                    exclusions.add(new Exclusion(words, clause.text(), other.name()));
                }
            }
        }
    }

    /** Without a qualifier a conflict is with all architectures; a package never conflicts with its own name. */
    private List<DebMember> excluded(DebRelation relation, DebMember member) {
        List<DebMember> found = new ArrayList<>();
        for (DebMember other : byName.getOrDefault(relation.name(), List.of())) {
            if (relation.accepts(other.name().version())) {
                found.add(other);
            }
        }
        for (DebMember other : byProvided.getOrDefault(relation.name(), List.of())) {
            if (provides(other, relation) && !found.contains(other)) {
                found.add(other);
            }
        }
        found.removeIf(other -> other.name().name().equals(member.name().name()));
        found.removeIf(other -> !relation.arch().isEmpty()
                && !relation.arch().equals("any")
                && !other.archAmong(nativeArch).equals(relation.arch()));
        return found;
    }

    /** Two architectures of one package go together only if both are {@code Multi-Arch: same} and of one version. */
    private void addArchitectures(DebMember member, List<Exclusion> exclusions) {
        for (DebMember other : byName.getOrDefault(member.name().name(), List.of())) {
            boolean isSame = member.multiArch().equals("same")
                    && other.multiArch().equals("same")
                    && member.name().version().equals(other.name().version());
            if (!other.name().equals(member.name()) && !isSame) {
                exclusions.add(new Exclusion(
                        "cannot be installed beside", member.name().name(), other.name()));
            }
        }
    }
}
