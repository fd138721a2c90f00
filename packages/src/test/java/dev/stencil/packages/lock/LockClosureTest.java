package dev.stencil.packages.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PathConflict;
import org.junit.jupiter.api.Test;

class LockClosureTest {
    private final Lock lock = SampleLocks.of(
            SampleLocks.locked("app", "1"),
            SampleLocks.locked("lib", "1", "app"),
            SampleLocks.locked("enemy", "1", "lib"));

    @Test
    void aClosedLock_passes() {
        assertThatCode(() -> LockClosure.require(lock, FakeRelations.of("app: lib", "lib: enemy|other", "enemy")))
                .doesNotThrowAnyException();
    }

    @Test
    void aMissingNeed_isNamedWithWhoNeedsItAndHowThatCameIn() {
        StencilException refused = refused(FakeRelations.of("app: lib", "lib: libc|musl", "enemy"));

        assertThat(refused.fault()).isEqualTo(Fault.LOCK_NOT_CLOSED);
        assertThat(refused.fault().vzpkgCode()).isEqualTo(92);
        assertThat(refused)
                .hasMessage(
                        "The lock of debian-12-x86_64 is not closed: lib needs libc | musl, which nothing in the lock"
                                + " provides (packages -> app -> lib). Nothing was installed. Make it again with: vzpkg lock"
                                + " debian-12-x86_64");
    }

    @Test
    void aConflict_isNamedWithBothChains() {
        StencilException refused = refused(FakeRelations.of("app: lib, !enemy", "lib", "enemy"));

        assertThat(refused)
                .hasMessageContaining("app conflicts with enemy (packages -> app; packages -> app -> lib -> enemy)");
    }

    @Test
    void manyProblems_areCountedBeyondTheFirst() {
        StencilException refused = refused(FakeRelations.of("app: a, b, c, d, e, f, g"));

        assertThat(refused).hasMessageContaining("app needs e,").hasMessageContaining("; and 2 more.");
    }

    @Test
    void twoPackagesWithOnePath_areNamedWithBothChains() {
        StencilException explained =
                LockClosure.explained(lock, new PathConflict("/usr/share/data", "enemy", "lib", "dpkg said so"));

        assertThat(explained.fault()).isEqualTo(Fault.LOCK_NOT_CLOSED);
        assertThat(explained)
                .hasMessage(
                        "enemy and lib both bring /usr/share/data, and neither replaces files of the other. Leave one"
                                + " of them out. They came in by packages -> app -> lib -> enemy and by packages -> app -> lib.");
    }

    private StencilException refused(FakeRelations relations) {
        return catchThrowableOfType(StencilException.class, () -> LockClosure.require(lock, relations));
    }
}
