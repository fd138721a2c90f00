package dev.stencil.packages.deb;

import dev.stencil.packages.PackageName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A package of a set as far as its relations go. Source of the fields: Debian Policy 5.3, deb-control(5). */
record DebMember(PackageName name, Paragraph control, List<DebRelation> provides) {
    private static final int LONGEST_SIZE = 12;

    DebMember {
        provides = List.copyOf(provides);
    }

    static DebMember of(PackageName name, Paragraph control) {
        List<DebRelation> provides = clauses(control, "Provides").stream()
                .flatMap(clause -> clause.alternatives().stream())
                .toList();
        return new DebMember(name, control, provides);
    }

    List<DebRelation.Clause> clauses(String field) {
        return clauses(control, field);
    }

    private static List<DebRelation.Clause> clauses(Paragraph control, String field) {
        return control.get(field).map(DebRelation::parseField).orElse(List.of());
    }

    /** {@code same}, {@code foreign}, {@code allowed} or {@code no}. */
    String multiArch() {
        return control.get("Multi-Arch").orElse("no");
    }

    /** Packages for all architectures count as those of the system itself. */
    String archAmong(String nativeArch) {
        return name.arch().equals("all") ? nativeArch : name.arch();
    }

    boolean isEssential() {
        return control.isYes("Essential");
    }

    OptionalLong installedBytes() {
        return control.get("Installed-Size")
                .filter(text -> text.length() <= LONGEST_SIZE
                        && !text.isEmpty()
                        && text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(kibibytes -> OptionalLong.of(Long.parseLong(kibibytes) * 1024))
                .orElse(OptionalLong.empty());
    }

    /** {@code name=version}: the field {@code Source} says only what differs from the package itself. */
    Optional<String> source() {
        String field = control.get("Source").orElse(name.name());
        int open = field.indexOf('(');
        int close = field.indexOf(')');
        return Optional.of(
                open > 0 && close > open
                        ? field.substring(0, open).strip() + "="
                                + field.substring(open + 1, close).strip()
                        : field.strip() + "=" + name.version());
    }
}
