package dev.stencil.container.engine;

import dev.stencil.linux.Errno;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramFailed;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.TimeLimitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Ends one guest: by asking, by killing, and, where its monitor is dead, by cleaning up in the monitor's stead. */
final class GuestEnding {
    private static final Duration GONE = Duration.ofSeconds(15);
    private static final int UNATTENDED_LOOKS = 100;
    private static final int SIGKILL = 9;

    /** SIGRTMIN+4, on which systemd powers off ({@code systemd(1)}). */
    private static final int SYSTEMD_POWER_OFF = 38;

    private final GuestDirectory guest;
    private final ProgramRunner host;
    private final ProgramRunner inside;

    GuestEnding(GuestDirectory guest, ProgramRunner host, ProgramRunner inside) {
        this.guest = guest;
        this.host = host;
        this.inside = inside;
    }

    /** False when the guest still runs after {@code grace}. */
    boolean powerOff(Duration grace) throws IOException {
        Files.writeString(guest.stopMark(), "");
        long begin = System.nanoTime();
        askToPowerOff(grace);
        if (awaitGone(grace.minusNanos(System.nanoTime() - begin))) {
            return true;
        }
        Files.deleteIfExists(guest.stopMark());
        return false;
    }

    /** Commands that hang are given up: the caller kills the guest then, where it would wait for ever. */
    private void askToPowerOff(Duration grace) throws IOException {
        Optional<Long> init = guest.initProcess();
        if (init.isEmpty()) {
            return;
        }
        if (Files.readString(Path.of("/proc", init.get().toString(), "comm")).startsWith("systemd")) {
            signal(init.get(), SYSTEMD_POWER_OFF);
        } else {
            try {
                inside.run(Program.of("/bin/sh", "-c", "poweroff || halt || init 0")
                        .timeout(grace));
            } catch (TimeLimitException stillRunning) {
                return;
            }
        }
    }

    private static void signal(long process, int signal) throws IOException {
        try {
            Kernel.kill(process, signal);
        } catch (Errno e) {
            if (e.number() != Errno.ESRCH) {
                throw e;
            }
        }
    }

    void kill() throws IOException {
        Optional<Long> init = guest.initProcess();
        if (init.isPresent()) {
            Files.writeString(guest.stopMark(), "");
            signal(init.get(), SIGKILL);
        }
        if (!awaitGone(GONE)) {
            cleanUp();
        }
    }

    /** Gone is when the monitor has cleaned up; a monitor that was killed never does. */
    private boolean awaitGone(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        int unattended = 0;
        while (guest.exists() && System.nanoTime() < deadline && unattended < UNATTENDED_LOOKS) {
            // The last thing a monitor does is to remove what tells its number.
            unattended = guest.initProcess().isPresent() || guest.hasMonitor() ? 0 : unattended + 1;
            pause();
        }
        return !guest.exists();
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a container to end", e);
        }
    }

    /** Removes what is left of a guest that does not run. */
    void cleanUp() throws IOException {
        cleanUp(List.of());
    }

    /** As {@link #cleanUp}, but the root stays mounted for whoever wants to start. */
    void cleanUpForStart() throws IOException {
        cleanUp(List.of("leave"));
    }

    private void cleanUp(List<String> arguments) throws IOException {
        if (!guest.exists() || isEnding()) {
            return;
        }
        if (Files.exists(guest.endScript())) {
            Finished ended =
                    host.run(Program.of("sh", guest.endScript().toString()).args(arguments));
            if (guest.exists()) {
                throw new ProgramFailed(ended);
            }
        } else {
            host.run(Program.of("rm", "-rf", "--one-file-system", guest.path().toString()))
                    .orThrow();
        }
    }

    /** Whether a monitor that is still at it has removed everything itself; two at once would unmount what comes next. */
    private boolean isEnding() throws IOException {
        try {
            Files.writeString(guest.stopMark(), "");
        } catch (NoSuchFileException removedMeanwhile) {
            return true;
        }
        return guest.hasMonitor() && awaitGone(GONE);
    }
}
