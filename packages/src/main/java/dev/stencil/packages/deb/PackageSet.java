package dev.stencil.packages.deb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Packages that are in one root, by name and by what they provide, and which of them meets what another needs. */
final class PackageSet {
    private static final List<String> PRIORITIES = List.of("required", "important", "standard");

    /**
     * One of them.
     *
     * @param infoName its name as dpkg distinguishes it, unique in a root
     * @param control its fields, of the package itself or of dpkg's database
     */
    record Member(String name, String arch, String infoName, Paragraph control) {
        static Member of(DebPackage one) {
            return new Member(one.name(), one.arch(), one.infoName(), one.control());
        }

        static Member of(Paragraph status) {
            String name = status.require("Package");
            String arch = status.get("Architecture").orElse("");
            boolean isMany = status.get("Multi-Arch").filter("same"::equals).isPresent();
            return new Member(name, arch, isMany ? name + ":" + arch : name, status);
        }

        private List<List<String>> needs(String field) {
            return control.get(field)
                    .map(text -> Dependencies.parse(text).clauses())
                    .orElse(List.of());
        }

        private int rank() {
            int rank = PRIORITIES.indexOf(control.get("Priority").orElse(""));
            return rank < 0 ? PRIORITIES.size() : rank;
        }
    }

    private final List<Member> members;
    private final Map<String, List<Member>> byName = new HashMap<>();

    PackageSet(List<Member> members) {
        this.members = members.stream()
                .sorted(Comparator.comparing(Member::name).thenComparing(Member::arch))
                .toList();
        for (Member one : this.members) {
            offer(one.name, one);
            for (List<String> provided : one.needs("Provides")) {
                offer(provided.getFirst(), one);
            }
        }
    }

    private void offer(String name, Member provider) {
        byName.computeIfAbsent(name, ignored -> new ArrayList<>()).add(provider);
    }

    /** All of them, by name and architecture. */
    List<Member> members() {
        return members;
    }

    /** The Essential packages and what they need, by {@link Member#infoName}. */
    Set<String> essentialClosure() {
        Set<String> closure = new TreeSet<>();
        Deque<Member> open = new ArrayDeque<>();
        members.stream().filter(one -> one.control.isYes("Essential")).forEach(open::add);
        while (!open.isEmpty()) {
            Member one = open.remove();
            if (closure.add(one.infoName)) {
                open.addAll(needed(one, "Pre-Depends"));
                open.addAll(needed(one, "Depends"));
            }
        }
        return closure;
    }

    /**
     * For each clause of a relation field the package of the set that meets it: of the first alternative that is there, the
     * real package, else the provider of the highest priority. ({@code awk} of base-files is mawk, also beside gawk.)
     */
    List<Member> needed(Member one, String field) {
        List<Member> found = new ArrayList<>();
        for (List<String> choice : one.needs(field)) {
            for (String name : choice) {
                List<Member> offered = byName.getOrDefault(name, List.of());
                if (!offered.isEmpty()) {
                    found.addAll(best(name, offered));
                    break;
                }
            }
        }
        found.removeIf(other -> other.infoName.equals(one.infoName));
        return found;
    }

    /** All architectures of a real package; one provider of a virtual one. */
    private static List<Member> best(String name, List<Member> offered) {
        List<Member> real =
                offered.stream().filter(one -> one.name.equals(name)).toList();
        return real.isEmpty()
                ? offered.stream().min(Comparator.comparing(Member::rank)).stream()
                        .toList()
                : real;
    }
}
