package dev.stencil.container.engine;

import dev.stencil.container.network.RoutedNetwork;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramFailed;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.oci.OciRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Boots guests with crun, watched by conmon. Why these: {@code docs/decisions/0010-engine.md}. */
public final class RuntimeEngine implements Engine {
    private static final Duration LAUNCH = Duration.ofMinutes(2);

    private final HostLayout layout;
    private final ProgramRunner host;
    private final InstantSource clock;
    private final RoutedNetwork network;

    public RuntimeEngine(HostLayout layout, ProgramRunner host, InstantSource clock) {
        this.layout = layout;
        this.host = host;
        this.clock = clock;
        this.network = new RoutedNetwork(host);
    }

    @Override
    public RunningGuest start(GuestSpec spec) throws IOException {
        GuestDirectory guest = prepare(spec);
        return launch(spec, guest);
    }

    @Override
    public RunningGuest startAndWait(GuestSpec spec, Duration limit) throws IOException {
        GuestDirectory guest = prepare(spec);
        try (ReadinessSocket readiness = listen(guest)) {
            RunningGuest running = launch(spec, guest);
            if (!readiness.await(limit, () -> guest.initProcess().isEmpty())) {
                throw notReady(spec, guest, limit);
            }
            return running;
        }
    }

    @Override
    public Optional<String> shortage() {
        return WatchShortage.now();
    }

    private static StencilException notReady(GuestSpec spec, GuestDirectory guest, Duration limit) {
        String what = guest.initProcess().isPresent()
                ? "did not get ready within " + limit.toSeconds() + " s. Look at its journal, and at " + guest.console()
                : "its init ended while it booted. Look at the logs below " + spec.root();
        return new StencilException(Fault.WAIT_FAILED, "Container " + spec.id() + " was started, but " + what + ".");
    }

    private ReadinessSocket listen(GuestDirectory guest) throws IOException {
        try {
            return ReadinessSocket.listen(guest);
        } catch (IOException e) {
            ending(guest).cleanUpForStart();
            throw e;
        }
    }

    /** Everything but processes. What fails here leaves nothing. */
    private GuestDirectory prepare(GuestSpec spec) throws IOException {
        GuestDirectory guest = GuestDirectory.of(layout, spec.id());
        if (guest.initProcess().isPresent()) {
            throw new StencilException(Fault.CONTAINER_RUNNING, "Container " + spec.id() + " is running already.");
        }
        ending(guest).cleanUpForStart();
        network.requireFree(RoutedNetwork.hostDevice(guest.key()), spec.addresses());
        Files.createDirectories(guest.hostFolder());
        try {
            var cgroup = new GuestCgroup(Cgroups.ofHost(), guest.key());
            new GuestScripts(guest, cgroup, runtime(), state()).write(spec);
            GuestBundle.config(spec, guest).write(guest.path());
            new GuestPreparation(guest, host, cgroup).make(spec);
            network.plan(guest.path(), RoutedNetwork.hostDevice(guest.key()), spec.addresses());
            return guest;
        } catch (IOException | StencilException e) {
            ending(guest).cleanUpForStart();
            throw e;
        }
    }

    private RunningGuest launch(GuestSpec spec, GuestDirectory guest) throws IOException {
        GuestFacts facts = GuestFacts.of(spec, clock.instant());
        facts.write(guest.facts());
        try {
            host.run(Program.of("sh", guest.launchScript().toString()).timeout(LAUNCH))
                    .orThrow();
        } catch (IOException e) {
            String words = Files.exists(guest.errors())
                    ? Files.readString(guest.errors()).strip()
                    : "";
            ending(guest).cleanUpForStart();
            String reason = e instanceof ProgramFailed failed
                    ? failed.finished().stderrEnd().strip()
                    : e.getMessage();
            throw new IOException("container " + spec.id() + " did not start: " + reason + " " + words, e);
        }
        long process = guest.initProcess()
                .orElseThrow(
                        () -> new IOException("container " + spec.id() + " ended at once; see " + guest.console()));
        return new RunningGuest(spec.id(), process, false, facts.isolation(), facts.root(), facts.started());
    }

    private OciRuntime runtime() throws IOException {
        return OciRuntime.crun()
                .orElseThrow(() -> new IOException("crun is not installed: install it to run containers"));
    }

    private Path state() {
        return layout.run().resolve("oci");
    }

    @Override
    public Optional<RunningGuest> find(String id) throws IOException {
        return running(GuestDirectory.of(layout, id));
    }

    @Override
    public List<RunningGuest> all() throws IOException {
        List<RunningGuest> all = new ArrayList<>();
        for (GuestDirectory guest : GuestDirectory.all(layout)) {
            running(guest).ifPresent(all::add);
        }
        return all;
    }

    private Optional<RunningGuest> running(GuestDirectory guest) throws IOException {
        Optional<Long> process = guest.initProcess();
        Optional<GuestFacts> facts = GuestFacts.read(guest.facts());
        if (process.isEmpty() || facts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RunningGuest(
                guest.id(),
                process.get(),
                new GuestCgroup(Cgroups.ofHost(), guest.key()).isFrozen(),
                facts.get().isolation(),
                facts.get().root(),
                facts.get().started()));
    }

    @Override
    public ProgramRunner inside(String id) {
        return new GuestPrograms(this::runtime, state(), host, guest(id), false);
    }

    @Override
    public ProgramRunner onTerminal(String id) {
        return new GuestPrograms(this::runtime, state(), host, guest(id), true);
    }

    private GuestDirectory guest(String id) {
        return GuestDirectory.of(layout, id);
    }

    private GuestDirectory require(String id) {
        GuestDirectory guest = guest(id);
        if (guest.initProcess().isEmpty()) {
            throw new StencilException(
                    Fault.CONTAINER_NOT_RUNNING, "Container " + id + " is not running. Start it first.");
        }
        return guest;
    }

    @Override
    public boolean stop(String id, Duration grace) throws IOException {
        GuestDirectory guest = require(id);
        freeze(guest, false);
        return ending(guest).powerOff(grace);
    }

    @Override
    public void kill(String id) throws IOException {
        ending(guest(id)).kill();
    }

    @Override
    public void freeze(String id) throws IOException {
        freeze(require(id), true);
    }

    @Override
    public void thaw(String id) throws IOException {
        freeze(require(id), false);
    }

    private static void freeze(GuestDirectory guest, boolean frozen) throws IOException {
        new GuestCgroup(Cgroups.ofHost(), guest.key()).freeze(frozen);
    }

    @Override
    public void limit(String id, GuestLimits limits) throws IOException {
        new GuestCgroup(Cgroups.ofHost(), require(id).key()).limit(limits);
    }

    @Override
    public void route(String id, List<InetAddress> addresses) throws IOException {
        GuestDirectory guest = require(id);
        network.change(guest.path(), RoutedNetwork.hostDevice(guest.key()), addresses);
    }

    @Override
    public void cleanUp(String id) throws IOException {
        GuestDirectory guest = guest(id);
        if (guest.initProcess().isPresent()) {
            throw new StencilException(Fault.CONTAINER_RUNNING, "Container " + id + " is running. Stop it first.");
        }
        ending(guest).cleanUp();
    }

    private GuestEnding ending(GuestDirectory guest) {
        return new GuestEnding(guest, host, inside(guest.id()));
    }
}
