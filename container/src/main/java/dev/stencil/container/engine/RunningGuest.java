package dev.stencil.container.engine;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A guest that runs or is frozen.
 *
 * @param initProcess number of its init on the host
 * @param started when it was started by a command; a reboot inside does not change it
 */
public record RunningGuest(
        String id, long initProcess, boolean isFrozen, Isolation isolation, Path root, Instant started) {
    /** What keeps the guest's root from being the host's. */
    public enum Isolation {
        USER_NAMESPACE("user-namespace"),
        /** Root is the host's root with few capabilities, never CAP_SYS_ADMIN. */
        PRIVILEGED("privileged");

        private final String text;

        Isolation(String text) {
            this.text = text;
        }

        /** As listings show it. */
        public String text() {
            return text;
        }
    }
}
