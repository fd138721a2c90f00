package dev.stencil.container.applications;

import dev.stencil.container.undo.ContainerStorage;
import dev.stencil.host.Progress;
import dev.stencil.packages.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What package work may see and do of one container. */
public interface ContainerAccess {
    /**
     * Name of the file in {@link #templates} that says which lock the container stands on. A container whose cache knew none
     * has none. Marks of templates beside it are directories.
     */
    String LOCK_RECORD = "template.lock";

    /** How much of the container is there. */
    enum State {
        RUNNING,
        MOUNTED,
        DOWN,
        SUSPENDED
    }

    /** Its id as in file names. */
    String id();

    State state();

    /** {@code OSTEMPLATE} without its leading dot. */
    Optional<String> osTemplate();

    /** {@code TEMPLATES} in its order, without leading dots. */
    List<String> applications();

    /** {@code EXCLUDE}: package globs never touched in this container. */
    List<String> excludes();

    /** {@code VE_ROOT}, where the merged root is while it is mounted. */
    Path root();

    /** {@code VE_PRIVATE}, where the records of operations are kept. */
    Path area();

    /** What snapshots are taken of; empty where its storage can keep none. */
    default Optional<ContainerStorage> storage() {
        return Optional.empty();
    }

    /** {@code VE_PRIVATE/templates}, the book-keeping that a guest cannot reach. */
    Path templates();

    /** The way inside while it runs. */
    Target inside();

    /**
     * The container's lock.
     *
     * @param doing what is written into it, {@code updating} for example
     * @throws dev.stencil.host.StencilException {@code LOCKED} when another command holds it
     */
    Hold lock(String doing);

    /** Mounts the root unless it is mounted already; closing undoes only what this did. */
    Hold mounted();

    /** Replaces {@code TEMPLATES} in the configuration by these names. */
    void saveApplications(List<String> names);

    /** What its own configuration says of {@code keys}, which is empty where it says nothing. */
    Map<String, Optional<String>> settings(Set<String> keys);

    /** Changes its own configuration; an empty value takes the key away. */
    void saveSettings(Map<String, Optional<String>> changes);

    /** Shuts it down; kills what does not end in time. */
    void stop(Progress progress);

    /** Starts it and waits until it is up. */
    void start(Progress progress);

    /** Something held until it is closed. */
    interface Hold extends AutoCloseable {
        /** Holds nothing. */
        Hold NOTHING = () -> {};

        @Override
        void close();
    }
}
