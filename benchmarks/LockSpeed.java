import dev.stencil.host.Arch;
import dev.stencil.host.Digest;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockDiff;
import dev.stencil.packages.lock.LockedInput;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import dev.stencil.packages.lock.LockedTemplate;
import dev.stencil.packages.lock.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Time to load and verify two large locks and to compare them, in a JVM that has done nothing before.
 *
 * <pre>
 * LockSpeed make A B        writes two locks of 2 000 packages, of which 200 differ
 * LockSpeed measure A B     prints milliseconds: loading and verifying both, then comparing them as text
 * </pre>
 */
public final class LockSpeed {
    private static final int PACKAGES = 2000;

    private LockSpeed() {}

    public static void main(String[] arguments) throws IOException {
        Path a = Path.of(arguments[1]);
        Path b = Path.of(arguments[2]);
        if (arguments[0].equals("make")) {
            Files.writeString(a, lock(1).text());
            Files.writeString(b, lock(2).text());
            return;
        }
        long begin = System.nanoTime();
        Lock before = Lock.read(a);
        Lock after = Lock.read(b);
        long loaded = System.nanoTime();
        String text = LockDiff.between(before, after).text();
        long compared = System.nanoTime();
        if (text.lines().count() < PACKAGES / 10) {
            throw new IllegalStateException("the difference was not found");
        }
        System.out.println((loaded - begin) / 1_000_000.0 + " " + (compared - loaded) / 1_000_000.0);
    }

    private static Lock lock(int revision) {
        List<LockedPackage> packages = new ArrayList<>();
        for (int i = 0; i < PACKAGES; i++) {
            packages.add(one(i, i % 10 == 0 ? "1.0-" + revision : "1.0-1"));
        }
        var repository = new LockedRepository(
                "r1",
                "deb",
                "$DEB_SERVER/debian",
                new LockedRepository.Part(
                        Optional.of("bookworm"), List.of("main"), List.of(), Optional.of("amd64")),
                new LockedRepository.State(
                        Optional.of(digest("index " + revision)),
                        Optional.of(Instant.parse("2026-07-1" + revision + "T10:16:37Z")),
                        List.of("4CB50190207B4758A3F73A796ED0E7B82643E131"),
                        Optional.empty()));
        return Lock.sorted(
                new LockedTemplate("debian-12-x86_64", Optional.empty(), Arch.X86_64, List.of(), "apt", 1_783_764_997),
                List.of(new LockedInput("packages", digest("packages"))),
                List.of(repository),
                List.of(),
                packages,
                new Provenance(revision, Optional.empty(), Instant.EPOCH, "stencil"));
    }

    /** The first packages are asked for by very many, as libraries are. */
    private static LockedPackage one(int number, String version) {
        TreeSet<String> why = new TreeSet<>();
        int asking = number < 20 ? PACKAGES / (number + 1) : number % 7;
        for (int i = 0; i < asking; i++) {
            why.add("package-" + (number * 31 + i) % PACKAGES);
        }
        if (number % 7 == 0) {
            why.add("packages");
        }
        String name = "package-" + number;
        return new LockedPackage(
                LockedPackage.Identity.of(new PackageName(name, version, "amd64")),
                new LockedPackage.File(
                        "r1", "pool/main/p/" + name + "_" + version + "_amd64.deb", 100_000L + number, digest(name + version)),
                new LockedPackage.Origin(
                        OptionalLong.of(4096L * number), Optional.of(name + "=" + version), Optional.empty()),
                new LockedPackage.Membership(2, LockedPackage.Reference.WEAK, true, List.copyOf(why)));
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
