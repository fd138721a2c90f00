package dev.stencil.host;

/**
 * Where a service tells how far it is. Handed in from the command, which shows bars on a terminal and lines in a pipe.
 * Implementations are safe for use by several threads.
 */
public interface Progress {
    /** Tells nobody. */
    Progress NONE = new Progress() {
        @Override
        public void stage(String title) {}

        @Override
        public void note(String line) {}

        @Override
        public Task task(String what, long total, Unit unit) {
            return new Task() {
                @Override
                public void advance(long amount) {}

                @Override
                public void close() {}
            };
        }
    };

    /** What a task counts. */
    enum Unit {
        BYTES,
        ITEMS
    }

    /** A new stage of the work begins, for example {@code Downloading packages}. */
    void stage(String title);

    /** One line for a person, not part of the result. */
    void note(String line);

    /** A countable piece of work; {@code total} 0 means not known. */
    Task task(String what, long total, Unit unit);

    /** A running count; closing it ends its bar. */
    interface Task extends AutoCloseable {
        void advance(long amount);

        @Override
        void close();
    }
}
