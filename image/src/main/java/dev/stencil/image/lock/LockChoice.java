package dev.stencil.image.lock;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheSubject;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockedInput;
import dev.stencil.template.TemplateInputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides by the host's configuration and the caller's wish whether a lock is used, and checks the one that is. */
final class LockChoice {
    private final LockPolicy policy;
    private final LockSignature signature;

    LockChoice(LockPolicy policy, LockSignature signature) {
        this.policy = policy;
        this.signature = signature;
    }

    /**
     * The lock to use; empty when the newest packages are to be taken.
     *
     * @throws StencilException {@code LOCK_REQUIRED} without one where one must be, {@code LOCK_DAMAGED}, {@code STALE} when
     *     files of the template have changed since it was made
     */
    Optional<Lock> of(CacheSubject subject, LockMode mode) {
        return switch (mode) {
            case LOCKED -> Optional.of(required(subject, "--locked was given"));
            case UNLOCKED -> {
                if (policy.use() == LockPolicy.Use.REQUIRED) {
                    throw new StencilException(
                            Fault.LOCK_REQUIRED,
                            "LOCKED=required in vztt.conf forbids --unlocked for "
                                    + subject.template().name()
                                    + ". Make a lock with `vzpkg lock "
                                    + subject.template().name()
                                    + "`, or change the configuration.");
                }
                yield Optional.empty();
            }
            case BY_HOST, RELOCK ->
                switch (policy.use()) {
                    case OFF -> Optional.empty();
                    case PREFER -> find(subject);
                    case REQUIRED -> Optional.of(required(subject, "vztt.conf says LOCKED=required"));
                };
        };
    }

    /**
     * The lock that a system of {@code subject} follows: the one that names its applications too, where there is one, else that
     * of its OS template. Throws as {@link #of}.
     */
    Optional<Lock> toFollow(CacheSubject subject, LockMode mode) {
        Optional<Lock> own = hasOwn(subject) ? of(subject, mode) : Optional.empty();
        return own.or(() -> of(new CacheSubject(subject.template(), List.of()), mode));
    }

    /** Whether there is a lock of the very applications of {@code subject}, of which there is at least one. */
    boolean hasOwn(CacheSubject subject) {
        return !subject.applications().isEmpty() && Files.exists(store(subject).file());
    }

    /** Throws {@code LOCK_DAMAGED} unless {@code file} is signed as this host demands. */
    void requireSigned(Path file) {
        signature.require(file);
    }

    private Lock required(CacheSubject subject, String why) {
        return find(subject)
                .orElseThrow(() -> new StencilException(
                        Fault.LOCK_REQUIRED,
                        store(subject).name() + " has no lock"
                                + policy.channel()
                                        .map(channel -> " in the channel " + channel)
                                        .orElse("") + ", and "
                                + why + ". Make one: vzpkg lock "
                                + subject.template().name()
                                + policy.channel()
                                        .map(channel -> ", then promote it to " + channel)
                                        .orElse("")
                                + "."));
    }

    private Optional<Lock> find(CacheSubject subject) {
        LockStore store = store(subject);
        Optional<Lock> found =
                policy.channel().isPresent() ? store.ofChannel(policy.channel().get()) : store.newest();
        found.ifPresent(lock -> {
            signature.require(store.fileOf(lock.provenance().revision()));
            requireFresh(subject, lock);
        });
        return found;
    }

    private static LockStore store(CacheSubject subject) {
        return LockStore.of(subject.template(), subject.applications());
    }

    /** A lock of other lists or scripts would make something else than the template says, and nobody would notice. */
    static void requireFresh(CacheSubject subject, Lock lock) {
        List<String> changed = changedInputs(subject, lock);
        if (!changed.isEmpty()) {
            String name = subject.template().name();
            throw new StencilException(
                    Fault.STALE,
                    "The lock r" + lock.provenance().revision() + " of " + name
                            + " was made from other files of the template: " + String.join(", ", changed)
                            + ". Make a new one with `vzpkg lock " + name
                            + "` or with --relock, or take the newest packages with --unlocked.");
        }
    }

    /** What is different about the template's files now: {@code packages changed}, {@code post-install added}. */
    static List<String> changedInputs(CacheSubject subject, Lock lock) {
        Map<String, LockedInput> now = new HashMap<>();
        LockMaker.inputs(TemplateInputs.of(subject.template(), subject.applications()))
                .forEach(input -> now.put(input.path(), input));
        List<String> changed = new ArrayList<>();
        for (LockedInput locked : lock.inputs()) {
            LockedInput present = now.remove(locked.path());
            if (present == null) {
                changed.add(locked.path() + " removed");
            } else if (!present.equals(locked)) {
                changed.add(locked.path() + " changed");
            }
        }
        now.keySet().stream().sorted().forEach(path -> changed.add(path + " added"));
        return changed;
    }
}
