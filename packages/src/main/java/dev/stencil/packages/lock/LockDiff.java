package dev.stencil.packages.lock;

import dev.stencil.packages.PackageName;
import java.util.List;
import java.util.Optional;

/**
 * How one lock differs from another. Nothing but packages, repositories and inputs that change the result is told: who asks
 * for a package, for example, is not. Source: spec conary 9.6.
 *
 * @param packages sorted by name
 * @param repositories and images, in the order of the newer lock
 * @param inputs files of the template and its own keys, sorted by name
 */
public record LockDiff(
        Lock before,
        Lock after,
        List<PackageChange> packages,
        List<SourceChange> repositories,
        List<SourceChange> inputs) {
    public LockDiff {
        packages = List.copyOf(packages);
        repositories = List.copyOf(repositories);
        inputs = List.copyOf(inputs);
    }

    /** What became of something. */
    public enum Kind {
        ADDED("added", '+'),
        REMOVED("removed", '-'),
        CHANGED("changed", '~');

        private final String word;
        private final char sign;

        Kind(String word, char sign) {
            this.word = word;
            this.sign = sign;
        }

        /** As JSON and texts say it. */
        public String word() {
            return word;
        }

        public char sign() {
            return sign;
        }
    }

    /**
     * A package that differs.
     *
     * @param before the former one; absent for an added one
     * @param after the present one; absent for a removed one
     * @param notes what differs besides the version: {@code another file}, {@code stage 2 -> 0}
     */
    public record PackageChange(Optional<LockedPackage> before, Optional<LockedPackage> after, List<String> notes) {
        public PackageChange {
            notes = List.copyOf(notes);
        }

        public Kind kind() {
            return before.isEmpty() ? Kind.ADDED : after.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
        }

        /** The present one where there is one. */
        public LockedPackage shown() {
            return after.or(() -> before).orElseThrow();
        }

        public PackageName name() {
            return shown().packageName();
        }

        /** What has to be fetched for it. */
        public long fetchBytes() {
            boolean isSameFile = before.isPresent()
                    && after.isPresent()
                    && before.get().file().sha256().equals(after.get().file().sha256());
            return isSameFile ? 0 : after.map(one -> one.file().sizeBytes()).orElse(0L);
        }
    }

    /**
     * A repository, an image, a file of the template or one of the template's keys that differs.
     *
     * @param name id of a repository, path of an input
     * @param detail what differs, {@code 2026-05-17 -> 2026-07-11}
     */
    public record SourceChange(Kind kind, String name, String detail) {}

    public static LockDiff between(Lock before, Lock after) {
        return LockComparison.of(before, after);
    }

    /** Whether the two give the same result as far as can be told; equal ids always do. */
    public boolean isEmpty() {
        return packages.isEmpty() && repositories.isEmpty() && inputs.isEmpty();
    }

    public long count(Kind kind) {
        return packages.stream().filter(change -> change.kind() == kind).count();
    }

    /** Sizes of the files that the newer lock has and the older has not. */
    public long fetchBytes() {
        return packages.stream().mapToLong(PackageChange::fetchBytes).sum();
    }

    /** For people: a header, one line for each difference, a summary. Empty when there is no difference. */
    public String text() {
        return LockDiffText.of(this);
    }
}
