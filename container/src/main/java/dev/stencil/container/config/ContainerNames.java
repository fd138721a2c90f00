package dev.stencil.container.config;

import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The index of names, {@code /etc/vz/names/NAME}: links to configurations. A link counts only while the configuration says
 * the same name. Source: spec vzctl 1.1.
 */
public final class ContainerNames {
    private final HostLayout layout;

    ContainerNames(HostLayout layout) {
        this.layout = layout;
    }

    /** The container of that name. */
    public Optional<ContainerId> find(String name) {
        if (!ContainerName.isValid(name)) {
            return Optional.empty();
        }
        Path link = layout.containerNames().resolve(name);
        if (!Files.isSymbolicLink(link)) {
            return Optional.empty();
        }
        try {
            ConfigFile config = ConfigFile.read(link);
            return config.nonEmpty("NAME").filter(name::equals).flatMap(same -> idOf(config, link));
        } catch (IOException dangling) {
            return Optional.empty();
        }
    }

    /** All names of the index, in order. */
    List<String> all() {
        String[] found = layout.containerNames().toFile().list();
        return found == null
                ? List.of()
                : Stream.of(found)
                        .filter(name -> !name.startsWith("."))
                        .sorted()
                        .toList();
    }

    /** Fails when {@code name} means another container than {@code owner}, by name or by id. */
    public void requireFree(ContainerName name, ContainerId owner) {
        Optional<ContainerId> holder = find(name.text()).or(() -> ContainerId.find(name.text())
                .filter(id -> Files.exists(layout.containerConfigs().resolve(id + ".conf"))));
        if (holder.isPresent() && !holder.get().equals(owner)) {
            throw new StencilException(
                    Fault.BAD_CONTAINER_NAME,
                    "The name " + name + " is already used by container " + holder.get() + ". Choose another one.");
        }
    }

    /** Lets {@code name} lead to the configuration at {@code config}. */
    void link(ContainerName name, Path config) throws IOException {
        Files.createDirectories(layout.containerNames());
        Path beside = layout.containerNames().resolve("." + Long.toHexString(System.nanoTime()));
        Files.createSymbolicLink(beside, config);
        Files.move(
                beside,
                layout.containerNames().resolve(name.text()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the link of a name that {@code owner} had; somebody else's link stays. */
    void unlink(String name, ContainerId owner) throws IOException {
        if (find(name).filter(owner::equals).isPresent()) {
            Files.deleteIfExists(layout.containerNames().resolve(name));
        }
    }

    private static Optional<ContainerId> idOf(ConfigFile config, Path link) {
        Optional<ContainerId> own = config.nonEmpty("VEID").flatMap(ContainerId::find);
        return own.isPresent() ? own : fromTarget(link);
    }

    private static Optional<ContainerId> fromTarget(Path link) {
        try {
            String file = Files.readSymbolicLink(link).getFileName().toString();
            return file.endsWith(".conf") ? ContainerId.find(file.substring(0, file.length() - 5)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
