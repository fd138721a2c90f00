package dev.stencil.image.lock;

import dev.stencil.host.Fault;
import dev.stencil.host.Redaction;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.Inclusion;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a cache is made from: a lock, and the files it names at the addresses that this host has for its repositories. No
 * package manager chooses anything (spec conary 9.1, R-1). Unlocked builds go the same way with a lock that was just made, so
 * that both give the same bytes.
 */
public record LockedPlan(Lock lock, Resolution resolution) {

    /**
     * Carries out {@code lock} with the repositories of {@code source}, which are the template's own.
     *
     * @throws StencilException {@code STALE} when the template does not have a repository of the lock any more
     */
    public static LockedPlan of(Lock lock, PackageSource source) {
        Map<String, String> addresses = addresses(lock, source);
        List<PackageFile> files = new ArrayList<>();
        Set<String> automatic = new HashSet<>();
        for (LockedPackage one : lock.packages()) {
            if (one.isDefault()) {
                String address = addresses.getOrDefault(one.file().repository(), "");
                files.add(new PackageFile(
                        one.packageName(),
                        address(address, one),
                        one.file().sizeBytes(),
                        one.file().sha256()));
                if (one.membership().reference() == LockedPackage.Reference.WEAK) {
                    automatic.add(one.name());
                }
            }
        }
        return new LockedPlan(lock, new Resolution(files, List.of(), List.of(), List.of(), automatic));
    }

    /** Its part that the OS template's own lists lead to, which is a system by itself. */
    public Resolution ofSystem() {
        return part(one -> stage(one) <= Inclusion.LAST_OS_STAGE);
    }

    /** What the lists of applications add to {@link #ofSystem}; nothing in the lock of an OS template alone. */
    public Resolution ofApplications() {
        return part(one -> stage(one) > Inclusion.LAST_OS_STAGE);
    }

    private Resolution part(Predicate<PackageName> isOfPart) {
        List<PackageFile> files = resolution.install().stream()
                .filter(file -> isOfPart.test(file.name()))
                .toList();
        Set<String> automatic = new HashSet<>(resolution.automatic());
        automatic.retainAll(files.stream().map(file -> file.name().name()).toList());
        return new Resolution(files, List.of(), List.of(), List.of(), automatic);
    }

    /** Of this host, by the lock's repository ids. */
    private static Map<String, String> addresses(Lock lock, PackageSource source) {
        Map<String, String> addresses = new HashMap<>();
        for (LockedRepository locked : lock.repositories()) {
            Repository ours = source.repositories().stream()
                    .filter(repository -> isSame(locked, repository))
                    .findFirst()
                    .orElseThrow(() -> new StencilException(
                            Fault.STALE,
                            "The lock of " + lock.template().name() + " takes packages from " + locked.url()
                                    + ", which is not a repository of the template any more. Make a new lock: vzpkg lock "
                                    + lock.template().name() + "."));
            addresses.put(locked.id(), withoutSlash(words(ours.location()).getFirst()));
        }
        return addresses;
    }

    private static boolean isSame(LockedRepository locked, Repository repository) {
        List<String> words = words(repository.written());
        if (locked.type().equals("rpm")) {
            return withoutSlash(Redaction.withoutUser(words.getFirst()))
                    .equals(locked.url()); // others are alternatives
        }
        return withoutSlash(Redaction.withoutUser(words.getFirst())).equals(locked.url())
                && (locked.part().suite().isEmpty()
                        || (words.size() > 1
                                && words.get(1).equals(locked.part().suite().get())))
                && words.subList(Math.min(2, words.size()), words.size())
                        .equals(locked.part().components());
    }

    /** {@code URL suite component…}; a leading {@code deb} says nothing. */
    private static List<String> words(String record) {
        List<String> words = List.of(record.strip().split("\\s+"));
        return words.size() > 1 && words.getFirst().equals("deb") ? words.subList(1, words.size()) : words;
    }

    private static String withoutSlash(String url) {
        String plain = url;
        while (plain.endsWith("/")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return plain;
    }

    private static URI address(String base, LockedPackage one) {
        String location = one.file().location();
        boolean leavesRepository =
                location.startsWith("/") || List.of(location.split("/")).contains("..");
        try {
            if (leavesRepository) {
                throw new URISyntaxException(location, "it leads out of the repository");
            }
            return URI.create(base + new URI(null, null, "/" + location, null).getRawPath());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new StencilException(
                    Fault.LOCK_DAMAGED,
                    "The lock cannot be used: the location of " + one.packageName() + ", \"" + location
                            + "\", is none: " + e.getMessage() + ".",
                    e);
        }
    }

    /** Which list of the template {@code name} came with: 0 to 2 for the OS template's, from 3 on for applications. */
    public long stage(PackageName name) {
        for (LockedPackage one : lock.packages()) {
            if (one.name().equals(name.name()) && one.packageName().equals(name)) {
                return one.membership().stage();
            }
        }
        throw new IllegalArgumentException(name + " is not in the lock");
    }

    /** The time that programs see while the result is made, and the newest that is in it. */
    public Instant clock() {
        return Instant.ofEpochSecond(lock.template().clock());
    }
}
