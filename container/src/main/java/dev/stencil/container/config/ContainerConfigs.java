package dev.stencil.container.config;

import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.NearNames;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import dev.stencil.linux.Flock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configurations of this host's containers: {@code /etc/vz/conf/CTID.conf}, a link to {@code VE_PRIVATE/ve.conf}.
 * Source: spec vzctl 1.2. A file is replaced in one step, so reading needs no lock; writers exclude each other by
 * {@code /var/vz/CTID.conf.lck}.
 */
public final class ContainerConfigs {
    private static final String SUFFIX = ".conf";
    private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

    private final HostLayout layout;
    private final VzConf global;
    private final ContainerNames names;

    public ContainerConfigs(HostLayout layout, VzConf global) {
        this.layout = layout;
        this.global = global;
        this.names = new ContainerNames(layout);
    }

    public ContainerNames names() {
        return names;
    }

    public VzConf global() {
        return global;
    }

    /** {@code /etc/vz/conf/CTID.conf}. */
    public Path link(ContainerId id) {
        return layout.containerConfigs().resolve(id.text() + SUFFIX);
    }

    /** Ids of all containers that have a configuration, in order. */
    public List<ContainerId> ids() {
        List<ContainerId> ids = new ArrayList<>();
        String[] files = layout.containerConfigs().toFile().list();
        for (String file : files == null ? new String[0] : files) {
            if (file.endsWith(SUFFIX) && !file.equals("0.conf")) {
                ContainerId.find(file.substring(0, file.length() - SUFFIX.length()))
                        .filter(id -> file.equals(id.text() + SUFFIX))
                        .ifPresent(ids::add);
            }
        }
        ids.sort(null);
        return ids;
    }

    /** Empty when there is none, or when its VEID says that the link has become stale. */
    public Optional<ContainerConfig> find(ContainerId id) {
        try {
            ConfigFile own = ConfigFile.read(link(id));
            boolean stale =
                    own.nonEmpty("VEID").filter(veid -> !veid.equals(id.text())).isPresent();
            return stale ? Optional.empty() : Optional.of(new ContainerConfig(id, own, global.file()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + link(id) + ": " + e.getMessage(), e);
        }
    }

    public ContainerConfig require(ContainerId id) {
        return find(id).orElseThrow(() -> new StencilException(
                Fault.CONTAINER_ABSENT,
                "Container " + id + " does not exist: " + link(id) + " is missing. See vzlist -a."));
    }

    /** The id that an argument means: a valid name first, then an id. Source: spec vzctl 1.1. */
    public ContainerId resolve(String nameOrId) {
        return names.find(nameOrId).orElseGet(() -> ContainerId.find(nameOrId)
                .orElseThrow(() -> new StencilException(
                        ContainerName.isValid(nameOrId) ? Fault.CONTAINER_NAME : Fault.BAD_VALUE,
                        "There is no container named " + nameOrId + "."
                                + NearNames.suggestion(nameOrId, known(), "vzlist -a -o ctid,name"))));
    }

    /** What containers are called, by name and by id. */
    private List<String> known() {
        List<String> known = new ArrayList<>(names.all());
        ids().forEach(id -> known.add(id.text()));
        return known;
    }

    /** Applies {@code changes} to the file in place, an empty value dropping its key, and returns what is configured now. */
    @SuppressWarnings("try") // held, not used
    public ContainerConfig save(ContainerId id, Map<String, Optional<String>> changes) {
        try (Flock held = lock(id)) {
            ContainerConfig before = require(id);
            ConfigFile after = before.own().with(changes);
            Path home = before.privateArea(layout).resolve("ve.conf");
            boolean linkReplaced = !Files.isSymbolicLink(link(id)) && Files.exists(home);
            after.write(linkReplaced ? home : link(id));
            if (linkReplaced) {
                // An editor that renames has put a plain file in the link's place (spec vzctl 1.2).
                makeLink(id, home);
            }
            return new ContainerConfig(id, after, global.file());
        } catch (IOException e) {
            throw new StencilException(
                    Fault.CONFIG_NOT_SAVED,
                    "Cannot save the configuration of container " + id + ": " + e.getMessage(),
                    e);
        }
    }

    /** Gives a container a name, or takes it away with an empty one; index and configuration change together. */
    public void rename(ContainerId id, String newName) {
        ContainerConfig config = require(id);
        if (!newName.isEmpty()) {
            names.requireFree(new ContainerName(newName), id);
        }
        try {
            if (config.name().isPresent() && !config.name().get().equals(newName)) {
                names.unlink(config.name().get(), id);
            }
            save(id, Map.of("NAME", Optional.of(newName).filter(name -> !name.isEmpty())));
            if (!newName.isEmpty()) {
                names.link(new ContainerName(newName), link(id));
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.BAD_CONTAINER_NAME, "Cannot name container " + id + " " + newName + ": " + e.getMessage(), e);
        }
    }

    /** Makes a container known: its link, replacing a plain file that an administrator had prepared. */
    public void register(ContainerId id, Path configFile) throws IOException {
        Files.createDirectories(layout.containerConfigs());
        makeLink(id, configFile);
    }

    /** Forgets a container: a link is removed, a plain file is kept as {@code CTID.conf.destroyed}. */
    public void unregister(ContainerId id) throws IOException {
        Optional<String> name = find(id).flatMap(ContainerConfig::name);
        if (name.isPresent()) {
            names.unlink(name.get(), id);
        }
        Path link = link(id);
        if (Files.isSymbolicLink(link)) {
            Files.delete(link);
        } else if (Files.exists(link)) {
            Files.move(
                    link,
                    link.resolveSibling(link.getFileName() + ".destroyed"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void makeLink(ContainerId id, Path target) throws IOException {
        Path beside = layout.containerConfigs().resolve("." + id + "." + Long.toHexString(System.nanoTime()));
        try {
            Files.createSymbolicLink(beside, target);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("cannot make a link beside " + link(id), e);
        }
        Files.move(beside, link(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Flock lock(ContainerId id) throws IOException {
        Path directory = layout.at("/var/vz");
        Files.createDirectories(directory);
        Path file = directory.resolve(id + SUFFIX + ".lck");
        return Flock.exclusive(file, LOCK_WAIT)
                .orElseThrow(() -> new StencilException(
                        Fault.LOCKED,
                        "The configuration of container " + id + " is being written by another command (" + file
                                + "). Try again."));
    }
}
