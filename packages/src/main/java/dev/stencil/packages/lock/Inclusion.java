package dev.stencil.packages.lock;

import dev.stencil.packages.PackageFacts;
import dev.stencil.packages.PackageFacts.Requirement;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * For each package of a set, which lists and packages ask for it, and its stage: that of the first list whose closure
 * reaches it. A pure function of the relations and the lists, whatever their order inside.
 *
 * <p>The closure of a list holds what its words mean and what that needs. Where several members would meet a need, none is
 * added if one of them is there already, else the preferred one. Essential packages belong to the first list without being
 * named. What no list reaches gets the last stage of the OS lists, {@link #LAST_OS_STAGE}.
 */
public final class Inclusion {
    /** Who asks for packages that every system of a distribution has. */
    public static final String ESSENTIAL = "essential";

    /** The stage of {@code packages}; those of applications follow. */
    public static final long LAST_OS_STAGE = 2;

    private static final Comparator<PackageName> ORDER = Comparator.comparing(PackageName::name)
            .thenComparing(PackageName::arch)
            .thenComparing(PackageName::version);

    private final Map<PackageName, PackageFacts> members = new TreeMap<>(ORDER);
    private final Map<PackageName, Set<String>> why = new HashMap<>();
    private final Map<PackageName, Long> stages = new HashMap<>();
    private final Map<String, Integer> namesakes = new HashMap<>();

    private Inclusion(PackageRelations relations) {
        for (PackageFacts one : relations.members()) {
            members.put(one.name(), one);
            why.put(one.name(), new TreeSet<>(LockRules.BY_CODE_POINT));
            namesakes.merge(one.name().name(), 1, Integer::sum);
        }
    }

    /**
     * Works it out.
     *
     * @param lists one for each stage from 0 on; stages without a list of their own have an empty one
     */
    public static Inclusion of(PackageRelations relations, List<PackageList> lists) {
        var inclusion = new Inclusion(relations);
        for (int stage = 0; stage < lists.size(); stage++) {
            PackageList list = lists.get(stage);
            Set<PackageName> asked = new TreeSet<>(ORDER);
            for (String word : list.words()) {
                asked.addAll(relations.meant(word));
            }
            asked.forEach(name -> inclusion.asks(list.name(), name));
            if (stage == 0) {
                asked.addAll(inclusion.essential());
            }
            inclusion.close(asked, stage);
        }
        inclusion.members.keySet().forEach(name -> inclusion.stages.putIfAbsent(name, LAST_OS_STAGE));
        inclusion.members.values().forEach(inclusion::addRequirers);
        return inclusion;
    }

    private List<PackageName> essential() {
        List<PackageName> essential = members.values().stream()
                .filter(PackageFacts::isEssential)
                .map(PackageFacts::name)
                .toList();
        essential.forEach(name -> asks(ESSENTIAL, name));
        return essential;
    }

    private void asks(String who, PackageName name) {
        Set<String> asking = why.get(name);
        if (asking != null) {
            asking.add(who);
        }
    }

    /** First all needs that leave no choice; then one choice, and again. */
    private void close(Collection<PackageName> asked, long stage) {
        Deque<PackageName> open = new ArrayDeque<>(asked);
        Deque<Requirement> choices = new ArrayDeque<>();
        while (!open.isEmpty() || !choices.isEmpty()) {
            if (open.isEmpty()) {
                Requirement choice = choices.remove();
                if (choice.metBy().stream().noneMatch(stages::containsKey)) {
                    open.add(choice.metBy().getFirst());
                }
                continue;
            }
            PackageName name = open.remove();
            PackageFacts facts = members.get(name);
            if (facts == null || stages.putIfAbsent(name, stage) != null) {
                continue;
            }
            for (Requirement need : facts.requirements()) {
                if (need.metBy().size() == 1) {
                    open.add(need.metBy().getFirst());
                } else if (!need.metBy().isEmpty()) {
                    choices.add(need);
                }
            }
        }
    }

    /** Of several that would do, it is the preferred one that was asked for. */
    private void addRequirers(PackageFacts facts) {
        for (Requirement need : facts.requirements()) {
            if (!need.metBy().isEmpty() && !need.metBy().contains(facts.name())) {
                asks(shortName(facts.name()), need.metBy().getFirst());
            }
        }
    }

    /** With the architecture only where two members have the name. */
    private String shortName(PackageName name) {
        return namesakes.getOrDefault(name.name(), 0) > 1 ? name.name() + ":" + name.arch() : name.name();
    }

    /** The first list, counted from 0, whose closure has {@code member}. */
    public long stage(PackageName member) {
        return stages.getOrDefault(member, LAST_OS_STAGE);
    }

    /** Names of lists and packages that ask for {@code member}, sorted; {@link #ESSENTIAL} for what is always there. */
    public List<String> why(PackageName member) {
        return List.copyOf(why.getOrDefault(member, Set.of()));
    }

    /**
     * As a lock records it.
     *
     * @param automatic names that nobody asked for, as {@code Resolution} has them
     */
    public LockedPackage.Membership membership(PackageName member, Set<String> automatic) {
        return new LockedPackage.Membership(
                stage(member),
                automatic.contains(member.name()) ? LockedPackage.Reference.WEAK : LockedPackage.Reference.STRONG,
                true,
                why(member));
    }
}
