package dev.stencil.packages.rpm;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A package file that a user names on the command line. */
final class LocalRpm {
    private LocalRpm() {}

    /** What a repository's index would say of it. */
    static PackageFile describe(PackageName name, Path path) {
        try {
            return new PackageFile(name, path.toAbsolutePath().toUri(), Files.size(path), Digest.ofFile(path));
        } catch (IOException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
