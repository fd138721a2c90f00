package dev.stencil.container.engine;

import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs guests: system containers that boot their own init. A guest outlives the process that started it; its monitor starts
 * it again when it reboots itself, and cleans up, unmounting its root, when it powers itself off.
 */
public interface Engine {
    /**
     * Boots a guest and returns when its init has been started. Fails when one of that id runs.
     *
     * @throws dev.stencil.host.StencilException NO_INIT when the root has no init; ADDRESS_IN_USE
     */
    RunningGuest start(GuestSpec spec) throws IOException;

    /**
     * As {@link #start}, returning when the guest has reached its default target (systemd says so itself).
     *
     * @throws dev.stencil.host.StencilException WAIT_FAILED after {@code limit}; the guest goes on booting
     */
    RunningGuest startAndWait(GuestSpec spec, Duration limit) throws IOException;

    /**
     * Of which kernel resource the host may have too little left for one more guest to boot, and what to do, in one line; empty
     * when all is well or nobody can tell. Cheap: starts no program.
     */
    Optional<String> shortage();

    /** The guest of that id if it runs or is frozen. Cheap: starts no program. */
    Optional<RunningGuest> find(String id) throws IOException;

    /** All guests that run or are frozen, by id. Cheap: starts no program. */
    List<RunningGuest> all() throws IOException;

    /**
     * Runs programs inside the guest, as its root, in its namespaces and under its limits. The program's environment,
     * directory, streams and time limit are obeyed; streams are passed on unchanged. A program that cannot be started
     * gives status 126 or 127.
     */
    ProgramRunner inside(String id);

    /** As {@link #inside}, on a new terminal of the guest that is connected to the caller's own. */
    ProgramRunner onTerminal(String id);

    /**
     * Asks the guest's init to power off and waits. False when it did not end in {@code grace}: then {@link #kill} it.
     * A frozen guest is thawed first. When this returns true its network and mounts are gone.
     */
    boolean stop(String id, Duration grace) throws IOException;

    /** Ends the guest at once and waits until everything of it is gone. Nothing happens when it does not run. */
    void kill(String id) throws IOException;

    /** Stops all its processes where they are, until {@link #thaw}. */
    void freeze(String id) throws IOException;

    void thaw(String id) throws IOException;

    /** Changes limits of a running guest; the same values hold after a reboot inside. */
    void limit(String id, GuestLimits limits) throws IOException;

    /**
     * Gives a running guest these routed addresses and takes away all others it had.
     *
     * @throws dev.stencil.host.StencilException ADDRESS_IN_USE
     */
    void route(String id, List<InetAddress> addresses) throws IOException;

    /** Removes what remains of a guest that does not run, after a crash of the host or a kill of its monitor. */
    void cleanUp(String id) throws IOException;
}
