package dev.stencil.packages.lock;

import dev.stencil.host.Digest;
import dev.stencil.packages.PackageName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A package of a lock: which build of it, which file, where it comes from, and why it is there. */
public record LockedPackage(Identity identity, File file, Origin origin, Membership membership) {
    /** By stage, then name, architecture, version and flavor (spec conary 9.4, rule 5). */
    static final Comparator<LockedPackage> ORDER = Comparator.<LockedPackage>comparingLong(one -> one.membership.stage)
            .thenComparing(LockedPackage::name, LockRules.BY_CODE_POINT)
            .thenComparing(LockedPackage::arch, LockRules.BY_CODE_POINT)
            .thenComparing(one -> one.identity.version, LockRules.BY_CODE_POINT)
            .thenComparing(one -> one.identity.flavor.orElse(""), LockRules.BY_CODE_POINT);

    /**
     * Exactly one build.
     *
     * @param version without the epoch: {@code upstream[-revision]} of a deb, {@code version-release} of an rpm
     * @param arch the family's own word
     * @param flavor of Conary packages only
     */
    public record Identity(String name, long epoch, String version, String arch, Optional<String> flavor) {
        public Identity {
            LockRules.requireText("name", name);
            LockRules.requireNotNegative("epoch", epoch);
            LockRules.requireText("version", version);
            LockRules.requireText("arch", arch);
            LockRules.requireText("flavor", flavor);
        }

        /** Takes the epoch out of the version's full form; a version whose part before the colon is no number keeps it. */
        public static Identity of(PackageName name) {
            String full = name.version();
            int colon = full.indexOf(':');
            boolean hasEpoch =
                    colon > 0 && colon < 10 && full.substring(0, colon).chars().allMatch(c -> c >= '0' && c <= '9');
            return new Identity(
                    name.name(),
                    hasEpoch ? Long.parseLong(full.substring(0, colon)) : 0,
                    hasEpoch ? full.substring(colon + 1) : full,
                    name.arch(),
                    Optional.empty());
        }

        /** {@code [epoch:]version}, the epoch only where there is one. */
        public String fullVersion() {
            return epoch == 0 ? version : epoch + ":" + version;
        }

        public PackageName packageName() {
            return new PackageName(name, fullVersion(), arch);
        }
    }

    /**
     * The file to fetch.
     *
     * @param repository id of a repository of the lock
     * @param location below the repository's address
     */
    public record File(String repository, String location, long sizeBytes, Digest sha256) {
        public File {
            LockRules.requireText("repository", repository);
            LockRules.requireText("location", location);
            LockRules.requireNotNegative("size", sizeBytes);
        }
    }

    /**
     * What is good to know and is not needed to build.
     *
     * @param installedBytes what the package says it takes in the root
     * @param source source package, {@code name=version}
     * @param module of rpm modules only
     */
    public record Origin(OptionalLong installedBytes, Optional<String> source, Optional<String> module) {
        public static final Origin UNKNOWN = new Origin(OptionalLong.empty(), Optional.empty(), Optional.empty());

        public Origin {
            installedBytes.ifPresent(bytes -> LockRules.requireNotNegative("installed-size", bytes));
            LockRules.requireText("source", source);
            LockRules.requireText("module", module);
        }
    }

    /** Whether a list of the template names the package, or another package brought it in. */
    public enum Reference {
        STRONG("strong"),
        WEAK("weak");

        private final String word;

        Reference(String word) {
            this.word = word;
        }

        /** As locks and messages write it. */
        public String word() {
            return word;
        }
    }

    /**
     * How the package became a member.
     *
     * @param stage 0, 1, 2 for {@code packages_0}, {@code packages_1}, {@code packages}; applications 3, 4 … in their order
     * @param isDefault whether it is installed; one that is not is known and fetched only
     * @param why lists and packages that ask for it, sorted
     */
    public record Membership(long stage, Reference reference, boolean isDefault, List<String> why) {
        public Membership {
            why = List.copyOf(why);
            LockRules.requireNotNegative("stage", stage);
            LockRules.requireTexts("why", why);
            LockRules.requireSorted("why", why);
        }
    }

    public String name() {
        return identity.name;
    }

    public String arch() {
        return identity.arch;
    }

    /** {@code [epoch:]version}. */
    public String fullVersion() {
        return identity.fullVersion();
    }

    public PackageName packageName() {
        return identity.packageName();
    }

    public boolean isDefault() {
        return membership.isDefault;
    }
}
