package dev.stencil.packages.rpm;

import dev.stencil.packages.PackageFacts;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Relations in a set of rpm packages, as dnf's own library works them out. */
final class RpmRelations implements PackageRelations {
    private final List<PackageFacts> facts;
    private final List<Set<String>> provided;

    private RpmRelations(List<PackageFacts> facts, List<Set<String>> provided) {
        this.facts = List.copyOf(facts);
        this.provided = List.copyOf(provided);
    }

    /** What the answers say about the members, which they name by their places. */
    static RpmRelations read(List<Answer> answers, List<PackageName> members) {
        List<Draft> drafts = new ArrayList<>();
        members.forEach(name -> drafts.add(new Draft(name)));
        for (Answer answer : answers) {
            Draft draft = drafts.get(place(answer.field(0), drafts.size()));
            switch (answer.kind()) {
                case "member" -> {
                    draft.installedBytes = OptionalLong.of(Long.parseLong(answer.field(1)));
                    draft.source = Optional.of(answer.field(2)).filter(text -> !text.isEmpty());
                }
                case "provides" -> draft.provided.add(answer.field(1));
                case "needs" ->
                    draft.needs.add(new PackageFacts.Requirement(
                            answer.field(2), answer.field(1).equals("before"), places(answer.field(3), members)));
                case "excludes" ->
                    draft.exclusions.add(new PackageFacts.Exclusion(
                            answer.field(1), answer.field(2), members.get(place(answer.field(3), members.size()))));
                default -> throw new IllegalArgumentException("an unknown answer: " + answer.kind());
            }
        }
        return new RpmRelations(
                drafts.stream().map(Draft::facts).toList(),
                drafts.stream().map(draft -> draft.provided).toList());
    }

    private static int place(String text, int size) {
        int place = Integer.parseInt(text);
        if (place < 0 || place >= size) {
            throw new IllegalArgumentException("an answer about a package that was not asked for: " + text);
        }
        return place;
    }

    private static List<PackageName> places(String text, List<PackageName> members) {
        List<PackageName> names = new ArrayList<>();
        for (String word : text.split(",")) {
            if (!word.isEmpty()) {
                names.add(members.get(place(word, members.size())));
            }
        }
        return names;
    }

    private static final class Draft {
        private final PackageName name;
        private final Set<String> provided = new LinkedHashSet<>();
        private final List<PackageFacts.Requirement> needs = new ArrayList<>();
        private final List<PackageFacts.Exclusion> exclusions = new ArrayList<>();
        private OptionalLong installedBytes = OptionalLong.empty();
        private Optional<String> source = Optional.empty();

        Draft(PackageName name) {
            this.name = name;
        }

        PackageFacts facts() {
            return new PackageFacts(name, false, installedBytes, source, needs, exclusions);
        }
    }

    @Override
    public List<PackageFacts> members() {
        return facts;
    }

    @Override
    public List<PackageName> meant(String word) {
        List<PackageName> named = facts.stream()
                .map(PackageFacts::name)
                .filter(name -> RpmMatch.RULE.matches(word, name))
                .toList();
        if (!named.isEmpty()) {
            return named;
        }
        List<PackageName> providers = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            if (provided.get(i).contains(word)) {
                providers.add(facts.get(i).name());
            }
        }
        return providers;
    }
}
