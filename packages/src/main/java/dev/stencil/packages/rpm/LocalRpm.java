package dev.stencil.packages.rpm;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A package file that a user names on the command line. */
final class LocalRpm {
    private LocalRpm() {}

    /** What a repository's index would say of it. */
    static PackageFile describe(PackageName name, Path path) {
        try {
            return new PackageFile(name, path.toAbsolutePath().toUri(), Files.size(path), digest(path));
        } catch (IOException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "Cannot read " + path + ": " + e.getMessage(), e);
        }
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
