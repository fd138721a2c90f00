package dev.stencil.container;

import dev.stencil.container.ContainerLocks.Held;
import dev.stencil.container.ContainerLocks.Work;
import dev.stencil.container.config.ContainerConfig;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.Setting;
import dev.stencil.container.config.Settings;
import dev.stencil.container.config.SettingsChange;
import dev.stencil.container.engine.Engine;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes settings of containers, of running ones at once; source: spec vzctl 3.8. */
final class ContainerSettings {
    /** What the files inside tell. */
    private static final Set<String> GUEST_KEYS = Set.of("HOSTNAME", "NAMESERVER", "SEARCHDOMAIN");

    private final Containers containers;
    private final ContainerLocks locks;
    private final Engine engine;

    ContainerSettings(Containers containers, ContainerLocks locks, Engine engine) {
        this.containers = containers;
        this.locks = locks;
        this.engine = engine;
    }

    /** Saves first: what was asked for counts at the next start even when the running container refuses it. */
    @SuppressWarnings("try") // locks are held, not used
    SettingsResult set(ContainerId id, SettingsChange change, boolean save) {
        Container container = containers.require(id);
        try (Held held = locks.acquire(id, Work.SETTING, container.area())) {
            boolean running = containers.guest(id).isPresent();
            boolean forGuest = change.changesAddresses()
                    || change.values().keySet().stream().anyMatch(GUEST_KEYS::contains);
            if (!running && !save && forGuest) {
                throw new StencilException(
                        Fault.CONTAINER_NOT_RUNNING,
                        "Container " + container.shown() + " is not running. Add --save to store the change.");
            }
            ContainerConfig changed = save
                    ? containers
                            .configs()
                            .save(id, change.toWrite(container.config().addresses()))
                    : changed(container.config(), change);
            if (running) {
                apply(new Container(id, changed, container.area(), container.root()), change, forGuest);
            }
            return result(change, save, running);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM,
                    "The change of container " + container.shown() + (save ? " was saved but" : "")
                            + " could not be applied: " + e.getMessage(),
                    e);
        }
    }

    private static ContainerConfig changed(ContainerConfig config, SettingsChange change) {
        return new ContainerConfig(config.id(), config.own().with(change.toWrite(config.addresses())), config.global());
    }

    private void apply(Container container, SettingsChange change, boolean forGuest) throws IOException {
        String id = container.id().text();
        boolean ipv6 = !containers
                .configs()
                .global()
                .file()
                .get("IPV6")
                .filter("no"::equalsIgnoreCase)
                .isPresent();
        if (change.values().keySet().stream().anyMatch(ContainerLimits.KEYS::contains)) {
            engine.limit(id, ContainerLimits.of(container.config()));
        }
        if (change.changesAddresses()) {
            engine.route(id, ContainerGuest.inet(ContainerGuest.addresses(container.config(), ipv6)));
        }
        if (forGuest) {
            ContainerGuest.personalise(container, ipv6);
            tellGuest(container, change);
        }
    }

    /** The running guest re-reads what its files say; a guest without the tool does so at its next start. */
    private void tellGuest(Container container, SettingsChange change) throws IOException {
        ProgramRunner inside = engine.inside(container.id().text());
        Optional<String> hostName = change.values().getOrDefault("HOSTNAME", Optional.empty());
        if (hostName.isPresent()) {
            inside.run(Program.of("hostname", hostName.get())).orThrow();
        }
        if (change.values().containsKey("NAMESERVER") || change.values().containsKey("SEARCHDOMAIN")) {
            inside.run(Program.of(
                    "/bin/sh",
                    "-c",
                    "command -v systemctl >/dev/null || exit 0; "
                            + "systemctl try-restart systemd-resolved.service 2>/dev/null || exit 0"));
        }
    }

    private static SettingsResult result(SettingsChange change, boolean save, boolean running) {
        List<String> kept = keys(change, Setting.Effect.KEPT);
        return new SettingsResult(save, kept, running ? keys(change, Setting.Effect.NEXT_START) : List.of());
    }

    private static List<String> keys(SettingsChange change, Setting.Effect effect) {
        return change.values().keySet().stream()
                .filter(key -> Settings.all().stream()
                        .anyMatch(setting -> setting.key().equals(key) && setting.effect() == effect))
                .toList();
    }
}
