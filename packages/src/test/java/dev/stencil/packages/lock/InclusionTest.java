package dev.stencil.packages.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class InclusionTest {
    private static final FakeRelations RELATIONS = FakeRelations.of(
            "libc",
            "base*: libc, awk|gawk",
            "awk",
            "gawk: libc",
            "shell: libc",
            "web: ssl, mta|exim",
            "ssl: libc",
            "exim: libc",
            "mta",
            "stray");

    private static final List<PackageList> LISTS = List.of(
            new PackageList("packages_0", List.of("shell")),
            new PackageList("packages_1", List.of()),
            new PackageList("packages", List.of("exim", "gawk", "shell")),
            new PackageList("app/web/default/packages", List.of("web")));

    private final Inclusion inclusion = Inclusion.of(RELATIONS, LISTS);

    @Test
    void aPackage_isOfTheFirstListWhoseClosureReachesIt() {
        assertThat(stages(inclusion))
                .containsExactly(
                        "libc 0", "base 0", "awk 0", "gawk 2", "shell 0", "web 3", "ssl 3", "exim 2", "mta 2",
                        "stray 2");
    }

    @Test
    void why_namesListsAndPackages() {
        assertThat(inclusion.why(FakeRelations.name("libc"))).containsExactly("base", "exim", "gawk", "shell", "ssl");
        assertThat(inclusion.why(FakeRelations.name("shell"))).containsExactly("packages", "packages_0");
        assertThat(inclusion.why(FakeRelations.name("base"))).containsExactly("essential");
        assertThat(inclusion.why(FakeRelations.name("stray"))).isEmpty();
    }

    @Test
    void aChoiceThatIsMetAlready_addsNothing() {
        // web would take mta, but exim of an earlier list does as well
        Inclusion of = Inclusion.of(
                FakeRelations.of("web: mta|exim", "mta", "exim"),
                List.of(new PackageList("a", List.of("exim")), new PackageList("b", List.of("web"))));

        assertThat(of.stage(FakeRelations.name("mta"))).isEqualTo(Inclusion.LAST_OS_STAGE);
        assertThat(of.stage(FakeRelations.name("web"))).isEqualTo(1);
    }

    @Test
    void aNeedWithoutChoice_isFollowedBeforeAChoice() {
        // whoever is looked at first, other needs exim anyway
        Inclusion of = Inclusion.of(
                FakeRelations.of("a: mta|exim", "b: exim", "mta", "exim"),
                List.of(new PackageList("first", List.of("a", "b"))));

        assertThat(of.stage(FakeRelations.name("exim"))).isZero();
        assertThat(of.stage(FakeRelations.name("mta"))).isEqualTo(Inclusion.LAST_OS_STAGE);
    }

    @Test
    void aMembership_isStrongForWhatSomebodyAskedFor() {
        Set<String> automatic = Set.of("libc");

        assertThat(inclusion.membership(FakeRelations.name("shell"), automatic).reference())
                .isEqualTo(LockedPackage.Reference.STRONG);
        assertThat(inclusion.membership(FakeRelations.name("libc"), automatic).reference())
                .isEqualTo(LockedPackage.Reference.WEAK);
    }

    @Property(tries = 200)
    void theOrderOfThePackages_doesNotMatter(@ForAll long seed) {
        Inclusion other = Inclusion.of(RELATIONS.shuffled(seed), LISTS);

        assertThat(stages(other)).isEqualTo(stages(inclusion));
        RELATIONS.members().forEach(one -> assertThat(other.why(one.name())).isEqualTo(inclusion.why(one.name())));
    }

    private static List<String> stages(Inclusion inclusion) {
        return RELATIONS.members().stream()
                .map(one -> one.name().name() + " " + inclusion.stage(one.name()))
                .toList();
    }
}
