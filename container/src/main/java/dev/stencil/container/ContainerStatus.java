package dev.stencil.container;

/**
 * What is the case with a container right now; asked from the engine and the mount table, never from a lock file.
 *
 * @param exists configuration and private area are there
 */
public record ContainerStatus(boolean exists, boolean isMounted, State state) {
    /** Whether its init lives. */
    public enum State {
        RUNNING("running"),
        PAUSED("paused"),
        DOWN("down");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As {@code vzctl status} says it. */
        public String word() {
            return word;
        }
    }

    public boolean isUp() {
        return state != State.DOWN;
    }

    /** One of the words of {@code vzlist}: running, paused, mounted, stopped. */
    public String listed() {
        return isUp() ? state.word() : isMounted ? "mounted" : "stopped";
    }
}
