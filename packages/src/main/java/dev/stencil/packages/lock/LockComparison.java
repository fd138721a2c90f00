package dev.stencil.packages.lock;

import dev.stencil.packages.PackageDiff;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.lock.LockDiff.Kind;
import dev.stencil.packages.lock.LockDiff.PackageChange;
import dev.stencil.packages.lock.LockDiff.SourceChange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the differences that a {@link LockDiff} tells. */
final class LockComparison {
    private final Lock before;
    private final Lock after;

    private LockComparison(Lock before, Lock after) {
        this.before = before;
        this.after = after;
    }

    static LockDiff of(Lock before, Lock after) {
        var comparison = new LockComparison(before, after);
        List<SourceChange> repositories = comparison.repositories();
        return new LockDiff(before, after, comparison.packages(), repositories, comparison.inputs(repositories));
    }

    private List<PackageChange> packages() {
        Map<String, LockedPackage> old = byName(before);
        Map<String, LockedPackage> present = byName(after);
        List<PackageChange> changes = new ArrayList<>();
        for (PackageDiff.Change change :
                PackageDiff.between(names(before), names(after)).changes()) {
            changes.add(
                    switch (change) {
                        case PackageDiff.Change.Added(var name) ->
                            new PackageChange(Optional.empty(), Optional.of(found(present, name)), List.of());
                        case PackageDiff.Change.Removed(var name) ->
                            new PackageChange(Optional.of(found(old, name)), Optional.empty(), List.of());
                        case PackageDiff.Change.Changed(var former, var name) ->
                            changed(found(old, former), found(present, name));
                    });
        }
        present.forEach((name, one) -> {
            LockedPackage former = old.get(name);
            if (former != null && !former.equals(one)) {
                PackageChange change = changed(former, one);
                if (!change.notes().isEmpty()) {
                    changes.add(change);
                }
            }
        });
        changes.sort(
                Comparator.comparing((PackageChange change) -> change.name().name(), LockRules.BY_CODE_POINT)
                        .thenComparing(change -> change.name().arch(), LockRules.BY_CODE_POINT)
                        .thenComparing(change -> change.name().version(), LockRules.BY_CODE_POINT));
        return changes;
    }

    private static Map<String, LockedPackage> byName(Lock lock) {
        Map<String, LockedPackage> byName = new LinkedHashMap<>();
        lock.packages().forEach(one -> byName.put(one.packageName().toString(), one));
        return byName;
    }

    private static List<PackageName> names(Lock lock) {
        return lock.packages().stream().map(LockedPackage::packageName).toList();
    }

    private static LockedPackage found(Map<String, LockedPackage> packages, PackageName name) {
        return java.util.Objects.requireNonNull(packages.get(name.toString()));
    }

    private PackageChange changed(LockedPackage former, LockedPackage present) {
        List<String> notes = new ArrayList<>();
        boolean isSameVersion = former.fullVersion().equals(present.fullVersion());
        if (isSameVersion && !former.file().sha256().equals(present.file().sha256())) {
            notes.add("another file");
        }
        if (!former.identity().flavor().equals(present.identity().flavor())) {
            notes.add("flavor " + shown(former.identity().flavor()) + " -> "
                    + shown(present.identity().flavor()));
        }
        note("stage", former.membership().stage(), present.membership().stage(), notes);
        note(
                "ref",
                former.membership().reference().word(),
                present.membership().reference().word(),
                notes);
        note("default", former.isDefault(), present.isDefault(), notes);
        return new PackageChange(Optional.of(former), Optional.of(present), notes);
    }

    private static void note(String what, Object former, Object present, List<String> notes) {
        if (!former.equals(present)) {
            notes.add(what + " " + former + " -> " + present);
        }
    }

    private static String shown(Optional<?> value) {
        return value.isPresent() ? value.get().toString() : "none";
    }

    /**
     * A repository is known by its address and suite: ids shift when one is put before it. A template may name one suite in
     * several lines, each with other components: those are paired in their order.
     */
    private List<SourceChange> repositories() {
        List<SourceChange> changes = new ArrayList<>();
        var old = new Former<>(before.repositories(), LockComparison::key);
        for (LockedRepository present : after.repositories()) {
            old.take(key(present))
                    .ifPresentOrElse(
                            former -> repositoryDetail(former, present)
                                    .ifPresent(detail ->
                                            changes.add(new SourceChange(Kind.CHANGED, present.id(), detail))),
                            () -> changes.add(new SourceChange(Kind.ADDED, present.id(), key(present))));
        }
        old.left().forEach(gone -> changes.add(new SourceChange(Kind.REMOVED, gone.id(), key(gone))));
        addImages(changes);
        return changes;
    }

    private static String key(LockedRepository repository) {
        return repository.url()
                + repository.part().suite().map(suite -> " " + suite).orElse("");
    }

    private static Optional<String> repositoryDetail(LockedRepository former, LockedRepository present) {
        if (!former.part().equals(present.part()) || !former.type().equals(present.type())) {
            return Optional.of("other parts of it");
        }
        if (former.state().equals(present.state())) {
            return Optional.empty();
        }
        String from = day(former.state().dated());
        String to = day(present.state().dated());
        if (!former.state().dated().equals(present.state().dated())) {
            boolean isOneDay = from.equals(to);
            return Optional.of(
                    isOneDay
                            ? shown(former.state().dated()) + " -> "
                                    + shown(present.state().dated())
                            : from + " -> " + to);
        }
        boolean isOtherIndex = !former.state().metadata().equals(present.state().metadata());
        return Optional.of(to + (isOtherIndex ? ", another index" : ", other signatures"));
    }

    private static String day(Optional<Instant> time) {
        return time.isPresent() ? time.get().toString().substring(0, 10) : "none";
    }

    private void addImages(List<SourceChange> changes) {
        var old = new Former<>(before.images(), LockedImage::url);
        for (LockedImage image : after.images()) {
            Optional<LockedImage> former = old.take(image.url());
            if (former.isEmpty()) {
                changes.add(new SourceChange(Kind.ADDED, image.url(), "image"));
            } else if (!former.get().equals(image)) {
                boolean isOtherFile = !former.get().sha256().equals(image.sha256());
                changes.add(new SourceChange(
                        Kind.CHANGED, image.url(), isOtherFile ? "another image" : "unpacked in another way"));
            }
        }
        old.left().forEach(image -> changes.add(new SourceChange(Kind.REMOVED, image.url(), "image")));
    }

    /** What the older lock has and no later entry was paired with yet; entries of one key stand in their order. */
    private static final class Former<T> {
        private final Map<String, Deque<T>> byKey = new LinkedHashMap<>();

        Former(List<T> entries, Function<T, String> key) {
            entries.forEach(one -> byKey.computeIfAbsent(key.apply(one), unused -> new ArrayDeque<>())
                    .add(one));
        }

        Optional<T> take(String key) {
            Deque<T> entries = byKey.get(key);
            return entries == null ? Optional.empty() : Optional.ofNullable(entries.poll());
        }

        List<T> left() {
            return byKey.values().stream().flatMap(Deque::stream).toList();
        }
    }

    private List<SourceChange> inputs(List<SourceChange> repositories) {
        List<SourceChange> changes = new ArrayList<>();
        Map<String, LockedInput> old = new HashMap<>();
        before.inputs().forEach(input -> old.put(input.path(), input));
        for (LockedInput input : after.inputs()) {
            LockedInput former = old.remove(input.path());
            if (former == null) {
                changes.add(new SourceChange(Kind.ADDED, input.path(), Kind.ADDED.word()));
            } else if (!former.equals(input)) {
                changes.add(new SourceChange(Kind.CHANGED, input.path(), Kind.CHANGED.word()));
            }
        }
        old.keySet().forEach(path -> changes.add(new SourceChange(Kind.REMOVED, path, Kind.REMOVED.word())));
        addTemplate(changes, repositories.isEmpty());
        changes.sort(Comparator.comparing(SourceChange::name, LockRules.BY_CODE_POINT));
        return changes;
    }

    /** The clock follows from the repositories unless somebody set it. */
    private void addTemplate(List<SourceChange> changes, boolean isClockTold) {
        LockedTemplate former = before.template();
        LockedTemplate present = after.template();
        key("name", former.name(), present.name(), changes);
        key("set", shown(former.set()), shown(present.set()), changes);
        key("arch", former.arch(), present.arch(), changes);
        key("apps", String.join(",", former.apps()), String.join(",", present.apps()), changes);
        key("build", former.buildName(), present.buildName(), changes);
        key("flavor", former.flavor(), present.flavor(), changes);
        key("manager", former.manager(), present.manager(), changes);
        if (isClockTold) {
            key("clock", String.valueOf(former.clock()), String.valueOf(present.clock()), changes);
        }
    }

    private static void key(String key, String former, String present, List<SourceChange> changes) {
        if (!former.equals(present)) {
            changes.add(new SourceChange(Kind.CHANGED, "[template]." + key, former + " -> " + present));
        }
    }
}
