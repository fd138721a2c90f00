package dev.stencil.packages.deb;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

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
                    InstalledRoot.nameOf(control), path.toAbsolutePath().toUri(), Files.size(path), digest(path));
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

    private static Digest digest(Path path) throws IOException {
        MessageDigest digest = Digest.sha256();
        byte[] buffer = new byte[1 << 17];
        try (InputStream stream = Files.newInputStream(path)) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return Digest.finish(digest);
    }
}
