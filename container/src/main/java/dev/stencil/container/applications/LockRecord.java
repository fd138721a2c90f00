package dev.stencil.container.applications;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.lock.Lock;
import dev.stencil.template.OsTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The lock that a container stands on: that of the cache it was made from, until it was taken to another one. Lies in the
 * book-keeping directory, so a rollback brings it back with the rest.
 */
final class LockRecord {
    /** The last section, as our own writer begins it. */
    private static final String PROVENANCE = "\n[provenance]\n";

    private static final String ID = "\nid = \"";

    private final ContainerAccess container;

    LockRecord(ContainerAccess container) {
        this.container = container;
    }

    /**
     * The whole lock; empty for a container that was made when caches kept none.
     *
     * @throws StencilException {@code LOCK_DAMAGED} when it is not whole, or is of another template
     */
    Optional<Lock> read(OsTemplate template) {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        Lock lock = Lock.read(file());
        if (!lock.template().name().equals(template.name())) {
            throw new StencilException(
                    Fault.LOCK_DAMAGED,
                    "Container " + container.id() + " is recorded to stand on a lock of "
                            + lock.template().name() + ", not of its template " + template.name() + ". Remove " + file()
                            + " if that is wrong.");
        }
        return Optional.of(lock);
    }

    /** Its id as the file itself says it, {@code sha256:…}: only a name for records, so nothing is checked. */
    Optional<String> id() {
        try {
            String text = Files.readString(file());
            int section = text.lastIndexOf(PROVENANCE);
            int line = section < 0 ? -1 : text.indexOf(ID, section);
            int end = line < 0 ? -1 : text.indexOf('"', line + ID.length());
            return end < 0 ? Optional.empty() : Optional.of(text.substring(line + ID.length(), end));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    void save(Lock lock) {
        Path beside = file().resolveSibling("." + ContainerAccess.LOCK_RECORD);
        try {
            Files.createDirectories(container.templates());
            Files.writeString(beside, lock.text());
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(beside, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    /** The container stands on no lock any more. */
    void forget() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw failed("remove", e);
        }
    }

    private Path file() {
        return container.templates().resolve(ContainerAccess.LOCK_RECORD);
    }

    private StencilException failed(String what, IOException e) {
        return new StencilException(
                Fault.SYSTEM,
                "Cannot " + what + " " + file() + " of container " + container.id() + ": " + e.getMessage(),
                e);
    }
}
