package dev.stencil.packages;

import dev.stencil.host.Digest;
import dev.stencil.host.Progress;
import dev.stencil.template.PackageManagerType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One family of package tools (apt and dpkg; dnf, zypper and rpm), driven without changes to it: the distribution's own
 * tool decides, checks signatures and configures; fetching and unpacking is ours.
 *
 * <p>Failures are {@code StencilException}s: {@code PACKAGE_MANAGER} with the tool's own words, {@code FETCH_FAILED}
 * when a mirror fails or a file is not what its digest says.
 */
public interface PackageManager {
    /**
     * Whether {@link #refresh} would fetch anything now, so that a caller need not take an exclusive lock for nothing. Reads
     * local state only.
     */
    default boolean isRefreshDue(PackageSource source, Freshness freshness) {
        return freshness != Freshness.LOCAL_ONLY;
    }

    /** Brings the local package lists of {@code source} up to date as {@code freshness} asks. */
    void refresh(PackageSource source, Freshness freshness, Progress progress);

    /**
     * When what the repositories offer was published: the newest date of their signed indexes. The same for all who build
     * from the same lists, so it is the time at which roots are made. Reads local lists only.
     */
    Instant published(PackageSource source);

    /** Everything the repositories offer. Reads local lists only. */
    List<InstalledPackage> available(PackageSource source);

    /**
     * The groups of packages that the repositories offer, by name. Reads local lists only. A group is installed, brought up to
     * date and removed by {@code @} and its id in place of a package's name.
     *
     * @throws dev.stencil.host.StencilException {@code NOT_SUPPORTED} in families without groups
     */
    default List<PackageGroup> groups(PackageSource source) {
        PackageGroup.requireThemIn(PackageManagerType.of(source.driver()));
        return List.of();
    }

    /**
     * What {@code request} means for an empty root. Reads local lists only, changes nothing.
     */
    Resolution resolve(PackageSource source, PackageRequest request);

    /** As {@link #resolve(PackageSource, PackageRequest)} with {@link #offers} and {@link #relations} of the result. */
    default Choice choose(PackageSource source, PackageRequest.Install request) {
        Resolution resolution = resolve(source, request);
        return new Choice(resolution, offers(source, resolution), relations(source, resolution));
    }

    /** A question about {@code source} follows soon, so a tool that is slow to start may begin. Never needed. */
    default void expectQuestion(PackageSource source) {}

    /** What {@code request} means for the root at {@code root}, whose package database is only read. */
    Resolution resolve(PackageSource source, Path root, PackageRequest request);

    /**
     * Everything that the answer of {@link #resolve(PackageSource, Path, PackageRequest)} depends on, as a text: equal texts
     * have equal answers while the template lock is held. Empty where the family cannot tell.
     */
    default Optional<String> question(PackageSource source, Path root, PackageRequest request) {
        return Optional.empty();
    }

    /**
     * What becomes of a system of {@code present} when some of its packages get newer versions and all others stay. The
     * result lists all packages of the system afterwards. Files are fetched only where the package lists do not know a
     * present version any more.
     *
     * @throws dev.stencil.host.StencilException {@code PACKAGE_MANAGER} when that cannot be, with the reasons
     */
    Resolution revise(PackageSource source, Resolution present, Revision revision, Progress progress);

    /**
     * How the packages that {@code resolution} installs depend on each other, as the package lists describe them. Nothing
     * needs to be fetched. Reads local lists only.
     */
    PackageRelations relations(PackageSource source, Resolution resolution);

    /**
     * As {@link #relations}, but as the fetched files themselves say; the lists may have moved on.
     *
     * @throws dev.stencil.host.StencilException {@code LOCK_NOT_CLOSED} when a file holds another
     *     package than the one it is named for
     */
    PackageRelations fetchedRelations(PackageSource source, Resolution resolution);

    /**
     * How the packages of the root at {@code root} would depend on each other with those of {@code files}, which are fetched,
     * in place of what is there of the same names. Empty where the family cannot tell without its solver.
     */
    default Optional<PackageRelations> relations(PackageSource source, Path root, List<PackageFile> files) {
        return Optional.empty();
    }

    /**
     * Which repositories of {@code source} offer the files of {@code resolution}, and how they were. Reads local lists only.
     */
    Offers offers(PackageSource source, Resolution resolution);

    /** Whether all files of {@code resolution} are in the store. */
    boolean isFetched(Resolution resolution);

    /** The files of {@code resolution} that their repositories do not offer now. Asks each repository, fetches nothing. */
    List<UnavailableFile> unavailable(PackageSource source, Resolution resolution);

    /** Brings the packages of {@code resolution} into the store; those there already cost a look. */
    void fetch(PackageSource source, Resolution resolution, Progress progress);

    /**
     * Adds the packages of {@code stage} to {@code root}, all configured, using fetched files; the first stage finds an empty
     * directory. What it makes depends on nothing but the stages so far. Services are not started. {@code hooks} run at
     * their places, {@code afterPackages} does not. On failure the caller discards the directory.
     */
    void populate(PackageSource source, Path root, BuildStage stage, BuildHooks hooks, Progress progress);

    /**
     * Ends the making of a system of {@code resolution}, all of whose packages are there: tells its own package manager
     * where they came from and which were asked for, then runs {@code afterPackages}.
     */
    void finish(PackageSource source, Path root, Resolution resolution, BuildHooks hooks, Progress progress);

    /** Turns the empty directory {@code root} into a system of exactly these packages, in one stage, and ends it. */
    default void populate(PackageSource source, Path root, Resolution resolution, BuildHooks hooks, Progress progress) {
        populate(source, root, new BuildStage(1, resolution.install()), hooks, progress);
        finish(source, root, resolution, hooks, progress);
    }

    /** The newest date of {@code files}, which are fetched: when the last of these packages was made. */
    Instant newest(List<PackageFile> files);

    /**
     * Carries {@code resolution} out in a root that is configured and not in use, using fetched files: scripts run in a
     * sandbox, services are enabled and not started. Ends with every package configured; on failure the caller discards
     * what was changed.
     */
    void amend(PackageSource source, Path root, Resolution resolution, AmendHooks hooks, Progress progress);

    /** Carries {@code resolution} out in a root in use; scripts of packages run inside, services are its own init's. */
    void apply(PackageSource source, Target target, Resolution resolution, Progress progress);

    /**
     * As {@link #apply}, for the step to another release: where the root's own package manager is told to take packages
     * from {@code former}, it is told {@code source} afterwards.
     */
    default void upgrade(
            PackageSource former, PackageSource source, Target target, Resolution resolution, Progress progress) {
        apply(source, target, resolution, progress);
    }

    /** Packages that are installed in the root, in the database's order. */
    List<InstalledPackage> installed(Path root);

    /** Files of exactly these builds, as far as the repositories offer them. Reads local lists only. */
    default List<PackageFile> find(PackageSource source, List<PackageName> names) {
        return List.of();
    }

    /** The file of that digest, if the package store has it; its package is {@code name}. */
    default Optional<PackageFile> stored(PackageName name, Digest sha256) {
        return Optional.empty();
    }

    /** Which paths of the root at {@code root} belong to its packages; the database is only read. */
    default PackageOwnership ownership(Path root) {
        return PackageOwnership.USUAL;
    }

    /** Files that an installed package lists, as paths inside of the root at {@code root}; none when it is not there. */
    default List<String> files(Path root, PackageName name) {
        return List.of();
    }

    /**
     * Waits until the family's tools leave the package database of the mounted root alone; those that a killed
     * {@link #apply} started go on for a while. False when {@code wait} ran out.
     */
    default boolean awaitIdle(Path root, Duration wait) {
        return true;
    }

    /** Has what a killed {@link #apply} left half installed configured; {@code PACKAGE_MANAGER} when that fails. */
    default void repair(PackageSource source, Target target) {}

    /** Orders versions as the family does: negative when {@code a} is older than {@code b}. */
    int compareVersions(String a, String b);
}
