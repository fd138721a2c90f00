package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.packages.PackageFacts;
import dev.stencil.packages.PackageName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebRelationsTest {
    @Test
    void aNeed_isMetByNameVersionAndAlternatives() {
        DebRelations relations = of(
                "app 1 amd64; Depends: lib (>= 2), old (<< 1) | new, gone",
                "lib 2.1 amd64",
                "old 1 amd64",
                "new 5 all");

        assertThat(needs(relations, "app")).containsExactly("lib (>= 2): lib", "old (<< 1) | new: new", "gone: ");
    }

    @Test
    void aVersionedNeed_isMetByAVersionedProvideOnly() {
        DebRelations relations =
                of("app 1 amd64; Depends: api (>= 2), plain, plain (>= 1)", "impl 1 amd64; Provides: api (= 3), plain");

        assertThat(needs(relations, "app")).containsExactly("api (>= 2): impl", "plain: impl", "plain (>= 1): ");
    }

    @Test
    void ofSeveralProviders_theOneOfHighestPriorityIsPreferred() {
        DebRelations relations = of(
                "base-files 1 amd64; Pre-Depends: awk",
                "gawk 1 amd64; Provides: awk; Priority: optional",
                "mawk 1 amd64; Provides: awk; Priority: required");

        PackageFacts.Requirement need =
                facts(relations, "base-files").requirements().getFirst();
        assertThat(need.isBefore()).isTrue();
        assertThat(need.metBy()).extracting(PackageName::name).containsExactly("mawk", "gawk");
    }

    @ParameterizedTest
    @CsvSource({
        // what the package depends on, architecture and Multi-Arch of what there is, whether that does
        "lib, amd64, no, true",
        "lib, all, no, true",
        "lib, i386, no, false",
        "lib, i386, foreign, true",
        "lib, i386, allowed, false",
        "lib:any, i386, allowed, true",
        "lib:any, amd64, allowed, true",
        "lib:i386, i386, same, true",
        "lib:i386, amd64, same, false",
        "lib:amd64, all, no, true"
    })
    void architectures_followMultiArch(String relation, String arch, String multiArch, boolean isMet) {
        DebRelations relations =
                of("app 1 amd64; Depends: " + relation, "lib 1 " + arch + "; Multi-Arch: " + multiArch);

        assertThat(facts(relations, "app").requirements().getFirst().metBy()).hasSize(isMet ? 1 : 0);
    }

    @Test
    void aForeignPackage_needsLibrariesOfItsOwnArchitecture() {
        DebRelations relations =
                of("app 1 i386; Depends: lib", "lib 1 amd64; Multi-Arch: same", "lib 1 i386; Multi-Arch: same");

        assertThat(facts(relations, "app").requirements().getFirst().metBy())
                .containsExactly(new PackageName("lib", "1", "i386"));
    }

    @Test
    void conflictsAndBreaks_nameTheOtherMember() {
        DebRelations relations = of(
                "a 1 amd64; Conflicts: mta; Breaks: b (<< 2)", "b 1 amd64", "exim 1 amd64; Provides: mta", "c 1 all");

        assertThat(facts(relations, "a").exclusions())
                .containsExactly(
                        new PackageFacts.Exclusion("conflicts with", "mta", new PackageName("exim", "1", "amd64")),
                        new PackageFacts.Exclusion("breaks", "b (<< 2)", new PackageName("b", "1", "amd64")));
    }

    @Test
    void aProviderThatConflictsWithItsOwnVirtualName_doesNotConflictWithItself() {
        DebRelations relations = of("exim 1 amd64; Provides: mta; Conflicts: mta", "b 2 amd64; Breaks: b (<< 2)");

        assertThat(facts(relations, "exim").exclusions()).isEmpty();
        assertThat(facts(relations, "b").exclusions()).isEmpty();
    }

    @Test
    void twoArchitecturesOfAPackage_goTogetherOnlyWhenBothAreMultiArchSame() {
        assertThat(facts(of("l 1 amd64; Multi-Arch: same", "l 1 i386; Multi-Arch: same"), "l")
                        .exclusions())
                .isEmpty();
        assertThat(facts(of("l 1 amd64; Multi-Arch: same", "l 2 i386; Multi-Arch: same"), "l")
                        .exclusions())
                .hasSize(1);
        assertThat(facts(of("l 1 amd64", "l 1 i386; Multi-Arch: same"), "l").exclusions())
                .hasSize(1);
    }

    @Test
    void wordsOfLists_meanRealPackagesElseTheProvider() {
        DebRelations relations =
                of("vim 2 amd64; Provides: editor", "lib 1 amd64; Multi-Arch: same", "lib 1 i386; Multi-Arch: same");

        assertThat(relations.meant("vim")).extracting(PackageName::name).containsExactly("vim");
        assertThat(relations.meant("vim=2")).hasSize(1);
        assertThat(relations.meant("vim/stable")).hasSize(1);
        assertThat(relations.meant("lib:i386")).containsExactly(new PackageName("lib", "1", "i386"));
        assertThat(relations.meant("lib")).hasSize(2);
        assertThat(relations.meant("editor")).extracting(PackageName::name).containsExactly("vim");
        assertThat(relations.meant("nothing")).isEmpty();
        assertThat(relations.meant(":=/")).isEmpty();
    }

    @Test
    void sizeAndSource_areAsTheLockWritesThem() {
        DebRelations relations = of(
                "libc6 2.36-9 amd64; Source: glibc; Installed-Size: 12",
                "bash 5+b8 amd64; Source: bash (1:5)",
                "plain 1 all; Installed-Size: many");

        assertThat(facts(relations, "libc6").source()).isEqualTo(Optional.of("glibc=2.36-9"));
        assertThat(facts(relations, "libc6").installedBytes()).isEqualTo(OptionalLong.of(12 * 1024));
        assertThat(facts(relations, "bash").source()).isEqualTo(Optional.of("bash=1:5"));
        assertThat(facts(relations, "plain").source()).isEqualTo(Optional.of("plain=1"));
        assertThat(facts(relations, "plain").installedBytes()).isEmpty();
    }

    /** {@code name version arch; Field: value; …} each. */
    static DebRelations of(String... packages) {
        return new DebRelations(
                "amd64", Arrays.stream(packages).map(DebRelationsTest::member).toList());
    }

    private static DebMember member(String text) {
        String[] parts = text.split(";", -1);
        String[] words = parts[0].strip().split(" ", -1);
        String fields = "Package: " + words[0] + "\n"
                + String.join(
                        "\n", Arrays.stream(parts).skip(1).map(String::strip).toList());
        return DebMember.of(
                new PackageName(words[0], words[1], words[2]),
                Paragraph.parseAll(fields).getFirst());
    }

    private static PackageFacts facts(DebRelations relations, String name) {
        return relations.members().stream()
                .filter(one -> one.name().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> needs(DebRelations relations, String name) {
        return facts(relations, name).requirements().stream()
                .map(need -> need.text() + ": "
                        + String.join(
                                " ",
                                need.metBy().stream().map(PackageName::name).toList()))
                .toList();
    }
}
