package dev.stencil.container.engine;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Guests that only exist here; remembers what it was asked to do, and fails when told to. */
public final class FakeEngine implements Engine {
    public final List<String> calls = new ArrayList<>();
    public final List<Program> programs = new ArrayList<>();
    private final Map<String, RunningGuest> guests = new TreeMap<>();
    private Optional<RuntimeException> startFailure = Optional.empty();
    private Optional<String> shortage = Optional.empty();
    private boolean ignoresStop;
    private int status;

    public void failStartWith(RuntimeException failure) {
        startFailure = Optional.of(failure);
    }

    /** From now on the host has too little left. */
    public void runShort(String words) {
        shortage = Optional.of(words);
    }

    @Override
    public Optional<String> shortage() {
        return shortage;
    }

    public void ignoreStop() {
        ignoresStop = true;
    }

    /** What programs inside will end with. */
    public void answer(int newStatus) {
        status = newStatus;
    }

    @Override
    public RunningGuest start(GuestSpec spec) {
        calls.add("start " + spec.id());
        if (startFailure.isPresent()) {
            throw startFailure.get();
        }
        var isolation =
                spec.ids().isPresent() ? RunningGuest.Isolation.USER_NAMESPACE : RunningGuest.Isolation.PRIVILEGED;
        var guest = new RunningGuest(spec.id(), 4242, false, isolation, spec.root(), Instant.EPOCH);
        guests.put(spec.id(), guest);
        return guest;
    }

    @Override
    public RunningGuest startAndWait(GuestSpec spec, Duration limit) {
        return start(spec);
    }

    @Override
    public Optional<RunningGuest> find(String id) {
        return Optional.ofNullable(guests.get(id));
    }

    @Override
    public List<RunningGuest> all() {
        return List.copyOf(guests.values());
    }

    @Override
    public ProgramRunner inside(String id) {
        return new ProgramRunner() {
            @Override
            public Finished run(Program program) {
                programs.add(program);
                return new Finished(program, status, status > 128, new byte[0], "", Duration.ZERO);
            }

            @Override
            public Process start(Program program) {
                throw new UnsupportedOperationException("no processes here");
            }
        };
    }

    @Override
    public ProgramRunner onTerminal(String id) {
        return inside(id);
    }

    @Override
    public boolean stop(String id, Duration grace) {
        calls.add("stop " + id);
        if (!ignoresStop) {
            guests.remove(id);
        }
        return !ignoresStop;
    }

    @Override
    public void kill(String id) {
        calls.add("kill " + id);
        guests.remove(id);
    }

    @Override
    public void freeze(String id) {
        guests.computeIfPresent(id, (same, guest) -> frozen(guest, true));
    }

    @Override
    public void thaw(String id) {
        calls.add("thaw " + id);
        guests.computeIfPresent(id, (same, guest) -> frozen(guest, false));
    }

    @Override
    public void limit(String id, GuestLimits limits) {
        calls.add("limit " + id + " " + limits.memoryBytes().orElse(-1));
    }

    @Override
    public void route(String id, List<InetAddress> addresses) {
        calls.add("route " + id + " "
                + String.join(
                        ",", addresses.stream().map(InetAddress::getHostAddress).toList()));
    }

    @Override
    public void cleanUp(String id) {
        calls.add("clean " + id);
    }

    private static RunningGuest frozen(RunningGuest guest, boolean frozen) {
        Path root = guest.root();
        return new RunningGuest(guest.id(), guest.initProcess(), frozen, guest.isolation(), root, guest.started());
    }
}
