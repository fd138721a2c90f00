package dev.stencil.container;

import dev.stencil.container.config.ContainerId;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Which ids of the host belong to which container: one file per range in {@code /var/vz/ids}, named by the first id, holding
 * the container's id. Ranges come from 1879048192 to 2147483647, which systemd's "Users, Groups, UIDs and GIDs" leaves free:
 * neither logins, nor subuid ranges, nor other container tools are given ids there.
 */
public final class IdRanges {
    private static final int FIRST = 0x70000000;
    private static final int RANGES = 4096;

    private final Path directory;

    public IdRanges(HostLayout layout) {
        this.directory = layout.at("/var/vz/ids");
    }

    /** A range that no other container has; the one that {@code id} has already, if so. */
    public IdRange allocate(ContainerId id) {
        try {
            Files.createDirectories(directory);
            int start = id.internal() % RANGES;
            for (int i = 0; i < RANGES; i++) {
                IdRange range = new IdRange(FIRST + (start + i) % RANGES * IdRange.SIZE, IdRange.SIZE);
                if (claim(range, id)) {
                    return range;
                }
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot record an id range in " + directory + ": " + e.getMessage(), e);
        }
        throw new StencilException(
                Fault.SYSTEM,
                "All " + RANGES + " id ranges in " + directory + " are taken. Destroy unused containers.");
    }

    /** Lets another container have the range, if it is {@code id}'s. */
    public void release(IdRange range, ContainerId id) throws IOException {
        if (holder(range).filter(id.text()::equals).isPresent()) {
            Files.deleteIfExists(file(range));
        }
    }

    private boolean claim(IdRange range, ContainerId id) throws IOException {
        try {
            Files.writeString(file(range), id.text() + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return holder(range).filter(id.text()::equals).isPresent();
        }
    }

    private Optional<String> holder(IdRange range) throws IOException {
        try {
            return Optional.of(Files.readString(file(range)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path file(IdRange range) {
        return directory.resolve(Integer.toString(range.base()));
    }
}
