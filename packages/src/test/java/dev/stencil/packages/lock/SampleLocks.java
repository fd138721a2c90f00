package dev.stencil.packages.lock;

import dev.stencil.host.Arch;
import dev.stencil.host.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Locks that tests read, write and compare. */
final class SampleLocks {
    private SampleLocks() {}

    /** The complete example of the specification, byte for byte. */
    static byte[] appendixB() {
        try (InputStream in = SampleLocks.class.getResourceAsStream("/lock/appendix-b.lock")) {
            return Objects.requireNonNull(in, "the resource is there").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Lock example() {
        return Lock.parse(appendixB(), "appendix-b.lock");
    }

    static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static LockedRepository repository(String id) {
        return new LockedRepository(
                id,
                "deb",
                "$DEB_SERVER/debian",
                new LockedRepository.Part(Optional.of("bookworm"), List.of("main"), List.of(), Optional.of("amd64")),
                new LockedRepository.State(
                        Optional.of(digest("metadata " + id)),
                        Optional.of(Instant.parse("2026-07-11T10:16:37Z")),
                        List.of("4CB50190207B4758A3F73A796ED0E7B82643E131"),
                        Optional.empty()));
    }

    /** A package of stage 2; without {@code why} it is one that a list names. */
    static LockedPackage locked(String name, String version, String... why) {
        boolean isNamed = why.length == 0;
        return new LockedPackage(
                LockedPackage.Identity.of(new dev.stencil.packages.PackageName(name, version, "amd64")),
                new LockedPackage.File("r1", "pool/" + name + "_" + version + ".deb", 1000, digest(name + version)),
                LockedPackage.Origin.UNKNOWN,
                new LockedPackage.Membership(
                        2,
                        isNamed ? LockedPackage.Reference.STRONG : LockedPackage.Reference.WEAK,
                        true,
                        isNamed
                                ? List.of("packages")
                                : Arrays.stream(why).sorted().toList()));
    }

    static Lock of(LockedPackage... packages) {
        return Lock.sorted(
                new LockedTemplate("debian-12-x86_64", Optional.empty(), Arch.X86_64, List.of(), "apt", 1_783_764_997),
                List.of(new LockedInput("packages", digest("packages"))),
                List.of(repository("r1")),
                List.of(),
                List.of(packages),
                new Provenance(1, Optional.empty(), Instant.parse("2026-07-12T08:00:00Z"), "stencil 0.1.0"));
    }
}
