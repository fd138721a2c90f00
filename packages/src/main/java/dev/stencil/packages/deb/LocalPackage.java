package dev.stencil.packages.deb;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A package file that a user names on the command line. */
final class LocalPackage {
    private LocalPackage() {}

    /** What a repository's index would say of it. */
    static PackageFile describe(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new StencilException(Fault.FILE_NOT_FOUND, path + " is not a file.");
        }
        try {
            Paragraph control = control(path);
            return new PackageFile(
                    InstalledRoot.nameOf(control),
                    path.toAbsolutePath().toUri(),
                    Files.size(path),
                    Digest.ofFile(path));
        } catch (IOException | IllegalArgumentException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, path + " is not a Debian package: " + e.getMessage(), e);
        }
    }

    private static Paragraph control(Path path) throws IOException {
        try (DebArchive archive = DebArchive.open(path)) {
            for (DebArchive.ControlFile file : archive.controlFiles()) {
                if (file.name().equals("control")) {
                    return Paragraph.parseAll(new String(file.content(), StandardCharsets.UTF_8))
                            .getFirst();
                }
            }
        }
        throw new IOException("it has no control file");
    }
}
