package dev.stencil.packages.lock;

import dev.stencil.packages.PackageFacts;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Relations written down: {@code "app: lib, a|b !enemy"} needs lib and one of a and b and excludes enemy. */
final class FakeRelations implements PackageRelations {
    private final List<String> lines;

    private FakeRelations(List<String> lines) {
        this.lines = lines;
    }

    static FakeRelations of(String... lines) {
        return new FakeRelations(List.of(lines));
    }

    FakeRelations shuffled(long seed) {
        List<String> other = new ArrayList<>(lines);
        Collections.shuffle(other, new Random(seed));
        return new FakeRelations(other);
    }

    static PackageName name(String name) {
        return new PackageName(name, "1", "amd64");
    }

    @Override
    public List<PackageFacts> members() {
        return lines.stream().map(this::facts).toList();
    }

    private PackageFacts facts(String line) {
        String[] halves = line.split(":", 2);
        List<PackageFacts.Requirement> needs = new ArrayList<>();
        List<PackageFacts.Exclusion> exclusions = new ArrayList<>();
        for (String word : halves.length < 2 ? new String[0] : halves[1].strip().split("[, ]+", -1)) {
            if (word.startsWith("!")) {
                exclusions.add(
                        new PackageFacts.Exclusion("conflicts with", word.substring(1), name(word.substring(1))));
            } else {
                needs.add(new PackageFacts.Requirement(
                        word.replace("|", " | "),
                        false,
                        List.of(word.split("\\|", -1)).stream()
                                .filter(this::has)
                                .map(FakeRelations::name)
                                .toList()));
            }
        }
        return new PackageFacts(
                name(plain(halves[0])),
                halves[0].endsWith("*"),
                OptionalLong.empty(),
                Optional.empty(),
                needs,
                exclusions);
    }

    private static String plain(String name) {
        return name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
    }

    private boolean has(String name) {
        return lines.stream().anyMatch(line -> plain(line.split(":", 2)[0]).equals(name));
    }

    @Override
    public List<PackageName> meant(String word) {
        return has(word) ? List.of(name(word)) : List.of();
    }
}
