package dev.stencil.packages.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.packages.lock.LockDiff.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockDiffTest {
    private final Lock before = SampleLocks.of(
            SampleLocks.locked("bar", "1.0"),
            SampleLocks.locked("gone", "3.0"),
            SampleLocks.locked("libc6", "2.36-9+deb12u10", "bar"));

    private final Lock after = newer(SampleLocks.of(
            SampleLocks.locked("bar", "1.0"),
            SampleLocks.locked("libc6", "2.36-9+deb12u14", "bar", "libfoo1"),
            SampleLocks.locked("libfoo1", "1.2-1", "bar")));

    /** Of a later day, with another post-install. */
    private static Lock newer(Lock lock) {
        LockedRepository former = lock.repositories().getFirst();
        var repository = new LockedRepository(
                former.id(),
                former.type(),
                former.url(),
                former.part(),
                new LockedRepository.State(
                        former.state().metadata(),
                        Optional.of(Instant.parse("2026-08-01T00:00:00Z")),
                        former.state().signedBy(),
                        Optional.empty()));
        return new Lock(
                lock.template(),
                List.of(new LockedInput("packages", SampleLocks.digest("other"))),
                List.of(repository),
                List.of(),
                lock.packages(),
                new Provenance(2, Optional.empty(), Instant.EPOCH, "stencil 0.1.0"));
    }

    @Test
    void text_tellsPackagesThenRepositoriesThenInputs() {
        LockDiff diff = LockDiff.between(before, after);

        String start = "debian-12-x86_64  r1 sha256:" + before.id().hex().substring(0, 12) + "…  ->  r2 sha256:"
                + after.id().hex().substring(0, 12) + "…\n";
        assertThat(diff.text())
                .isEqualTo(
                        start
                                + """
                                - gone           3.0                                 r1
                                ~ libc6          2.36-9+deb12u10 -> 2.36-9+deb12u14  r1
                                + libfoo1        1.2-1                               r1   (bar)
                                * r1             2026-07-11 -> 2026-08-01
                                ! packages       changed
                                1 added, 1 removed, 1 changed, 2.0 kB to fetch
                                """);
    }

    @Test
    void equalLocks_haveNoDifferenceAndNoText() {
        LockDiff diff = LockDiff.between(before, before.with(new Provenance(9, Optional.empty(), Instant.EPOCH, "x")));

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.text()).isEmpty();
    }

    @Test
    void whoAsksForAPackage_isNoDifference() {
        Lock other = SampleLocks.of(
                SampleLocks.locked("bar", "1.0"),
                SampleLocks.locked("gone", "3.0"),
                SampleLocks.locked("libc6", "2.36-9+deb12u10", "bar", "gone"));

        assertThat(LockDiff.between(before, other).isEmpty()).isTrue();
    }

    @Test
    void anotherFileOfTheSameVersion_isADifference() {
        LockedPackage one = SampleLocks.locked("bar", "1.0");
        var rebuilt = new LockedPackage(
                one.identity(),
                new LockedPackage.File("r1", "pool/bar", 2_759_320, SampleLocks.digest("rebuilt")),
                one.origin(),
                new LockedPackage.Membership(0, LockedPackage.Reference.WEAK, false, List.of()));

        LockDiff diff = LockDiff.between(SampleLocks.of(one), SampleLocks.of(rebuilt));

        assertThat(diff.packages()).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.CHANGED);
            assertThat(change.notes())
                    .containsExactly("another file", "stage 2 -> 0", "ref strong -> weak", "default true -> false");
        });
        assertThat(diff.text())
                .contains("~ bar            1.0  r1   (another file, stage 2 -> 0")
                .contains("2.8 MB");
    }

    @Test
    void theClock_isToldOnlyWhenTheRepositoriesDoNotExplainIt() {
        LockedTemplate old = before.template();
        var template = new LockedTemplate(
                old.name(), old.set(), old.arch(), old.apps(), old.build(), old.flavor(), old.manager(), 5);
        Lock other = new Lock(
                template, before.inputs(), before.repositories(), List.of(), before.packages(), before.provenance());

        assertThat(LockDiff.between(before, other).text()).contains("! [template].clock 1783764997 -> 5\n");
    }

    @Test
    void aRepositoryThatIsPutFirst_changesNothingElse() {
        LockedRepository first = before.repositories().getFirst();
        var second = new LockedRepository("r2", first.type(), first.url(), first.part(), first.state());
        var added = new LockedRepository(
                "r1",
                "deb",
                "$OTHER/debian",
                new LockedRepository.Part(Optional.empty(), List.of(), List.of(), Optional.empty()),
                first.state());
        Lock other = new Lock(
                before.template(),
                before.inputs(),
                List.of(added, second),
                List.of(),
                before.packages(),
                before.provenance());

        assertThat(LockDiff.between(before, other).repositories())
                .containsExactly(new LockDiff.SourceChange(Kind.ADDED, "r1", "$OTHER/debian"));
    }

    @Test
    void oneSuiteInTwoLines_isPairedLineByLine() {
        LockedRepository main = before.repositories().getFirst();
        var contrib = new LockedRepository(
                "r2",
                main.type(),
                main.url(),
                new LockedRepository.Part(main.part().suite(), List.of("contrib"), List.of(), Optional.empty()),
                main.state());
        Lock both = new Lock(
                before.template(),
                before.inputs(),
                List.of(main, contrib),
                List.of(),
                before.packages(),
                before.provenance());

        assertThat(LockDiff.between(both, both).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "41234567, 41.2 MB", "999960, 1.0 MB", "5000000000, 5.0 GB"})
    void sizes_haveDecimalUnits(long bytes, String text) {
        assertThat(LockDiffText.size(bytes)).isEqualTo(text);
    }

    @Property(tries = 300)
    void differencesOfAnyTwoLocks_areOrderedAndTurnAround(@ForAll long a, @ForAll long b) {
        Lock one = new RandomLocks(a).next();
        Lock two = new RandomLocks(b).next();

        LockDiff there = LockDiff.between(one, two);
        LockDiff back = LockDiff.between(two, one);

        assertThat(there.count(Kind.ADDED)).isEqualTo(back.count(Kind.REMOVED));
        assertThat(there.count(Kind.CHANGED)).isEqualTo(back.count(Kind.CHANGED));
        assertThat(there.packages())
                .extracting(change -> change.name().name())
                .isSortedAccordingTo(LockRules.BY_CODE_POINT);
        assertThat(there.isEmpty()).isEqualTo(there.text().isEmpty());
        assertThat(LockDiff.between(one, one).isEmpty()).isTrue();
    }
}
