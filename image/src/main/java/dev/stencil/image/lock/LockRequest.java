package dev.stencil.image.lock;

import dev.stencil.packages.Freshness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Make or renew the lock of an OS template, alone or with applications.
 *
 * @param template as typed: a leading dot and a missing architecture are understood
 * @param applications names of application templates
 * @param scope how much may change
 * @param clock the lock's clock; the date of the newest package list without it
 * @param freshness whether package lists are fetched first
 */
public record LockRequest(
        String template, List<String> applications, Scope scope, Optional<Instant> clock, Freshness freshness) {
    public LockRequest {
        applications = List.copyOf(applications);
    }

    /** How much of a present lock may change. */
    public sealed interface Scope {
        /** Everything is chosen anew. */
        record Anew() implements Scope {}

        /**
         * A present lock is kept but for these packages and what they force; but for everything when {@code packages} is
         * empty.
         *
         * @param securityOnly newer versions are taken from security repositories only
         */
        record Update(List<String> packages, boolean securityOnly) implements Scope {
            public Update {
                packages = List.copyOf(packages);
            }

            boolean isEverything() {
                return packages.isEmpty() && !securityOnly;
            }
        }
    }
}
