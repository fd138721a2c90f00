package dev.stencil.container.applications;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Vzpackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;

/** What is recorded about a container's packages and templates outside of it (spec vzpkg 2.2 and 3.4). */
final class Bookkeeping {
    private static final String FILE = "vzpackages";

    private final ContainerAccess container;
    private final Clock clock;

    Bookkeeping(ContainerAccess container, Clock clock) {
        this.container = container;
        this.clock = clock;
    }

    /** The recorded packages; where nothing is recorded yet, {@code installed}. */
    Vzpackages packagesOr(List<PackageName> installed) {
        try {
            return Vzpackages.parse(Files.readString(file()));
        } catch (NoSuchFileException nothingRecorded) {
            return Vzpackages.of(installed);
        } catch (IOException e) {
            throw failed("read " + file(), e);
        }
    }

    void savePackages(Vzpackages packages) {
        Path beside = file().resolveSibling("." + FILE);
        try {
            Files.createDirectories(container.templates());
            Files.writeString(beside, packages.text());
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(beside, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("write " + file(), e);
        }
    }

    /**
     * Makes {@code applications} the container's.
     *
     * @param arrived get a fresh time stamp
     * @param gone lose theirs
     */
    void saveApplications(List<String> applications, List<String> arrived, List<String> gone) {
        var timestamps = new Timestamps(container.templates());
        try {
            for (String name : gone) {
                timestamps.delete(name);
            }
            for (String name : arrived) {
                timestamps.write(name, LocalDateTime.now(clock));
            }
        } catch (IOException e) {
            throw failed("write time stamps in " + container.templates(), e);
        }
        if (!applications.equals(container.applications())) {
            container.saveApplications(applications);
        }
    }

    private Path file() {
        return container.templates().resolve(FILE);
    }

    private StencilException failed(String what, IOException e) {
        return new StencilException(
                Fault.SYSTEM, "Cannot " + what + " of container " + container.id() + ": " + e.getMessage(), e);
    }
}
