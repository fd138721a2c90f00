package dev.stencil.packages.lock;

import dev.stencil.host.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A repository that packages of a lock come from.
 *
 * @param id {@code r1}, {@code r2} … in the order of the template's list
 * @param type {@code deb}, {@code rpm} or {@code conary}
 * @param url as the template writes it, before {@code url.map}: no secret of a site gets into a lock
 */
public record LockedRepository(String id, String type, String url, Part part, State state) {
    public LockedRepository {
        LockRules.requireText("id", id);
        LockRules.requireText("type", type);
        LockRules.requireText("url", url);
    }

    /** Which part of the repository: suite and components of a deb one, labels of a Conary one, the family's word for the arch. */
    public record Part(Optional<String> suite, List<String> components, List<String> labels, Optional<String> arch) {
        public Part {
            components = List.copyOf(components);
            labels = List.copyOf(labels);
            LockRules.requireText("suite", suite);
            LockRules.requireTexts("components", components);
            LockRules.requireTexts("labels", labels);
            LockRules.requireText("arch", arch);
        }
    }

    /**
     * How the repository was when the lock was made.
     *
     * @param metadata digest of the signed index ({@code InRelease} or {@code Release}, {@code repomd.xml})
     * @param dated the date that index gives itself, whole seconds
     * @param signedBy fingerprints of its signatures, sorted
     * @param snapshot an address that always serves this state, if one is known
     */
    public record State(
            Optional<Digest> metadata, Optional<Instant> dated, List<String> signedBy, Optional<String> snapshot) {
        public State {
            signedBy = List.copyOf(signedBy);
            dated = dated.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
            dated.ifPresent(time -> LockTime.require("dated", time));
            LockRules.requireTexts("signed-by", signedBy);
            LockRules.requireSorted("signed-by", signedBy);
            LockRules.requireText("snapshot", snapshot);
        }
    }
}
