package dev.stencil.packages.lock;

import dev.stencil.host.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Where a lock comes from. Not part of its id.
 *
 * @param revision counts the locks of this build, from 1; 0 for one that lies in a generation of a cache only
 * @param parent id of the lock that this one took the place of
 * @param created whole seconds
 * @param createdBy tool and version
 */
public record Provenance(long revision, Optional<Digest> parent, Instant created, String createdBy) {
    public Provenance {
        created = created.truncatedTo(ChronoUnit.SECONDS);
        LockTime.require("created", created);
        LockRules.requireNotNegative("revision", revision);
        LockRules.requireText("created-by", createdBy);
    }

    /**
     * Whether the lock says what a system consists of that was changed after it was made. The same packages in a system made
     * anew give other bytes.
     */
    public boolean isOfChange() {
        return revision == 0 && parent.isPresent();
    }
}
