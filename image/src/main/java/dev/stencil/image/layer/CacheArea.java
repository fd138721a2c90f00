package dev.stencil.image.layer;

import dev.stencil.linux.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where caches lie below the template area. Readable with {@code ls} and {@code cat}; see decision 0020. */
public record CacheArea(Path templateArea) {

    /** Fetched packages of all templates and containers, by digest. */
    public Path packages() {
        return stencil().resolve("packages");
    }

    /** One directory a layer, named by its digest. */
    public Path layers() {
        return stencil().resolve("layers");
    }

    /** Lock files of layers that are just being made, by digest. */
    public Path building() {
        return stencil().resolve("building");
    }

    /** One directory a template, with its generations and the link {@code current}. */
    public Path caches() {
        return stencil().resolve("caches");
    }

    public Path cachesOf(String template) {
        return caches().resolve(template);
    }

    /** Trees that were renamed aside. */
    public Path trash() {
        return stencil().resolve("trash");
    }

    /** Held shared by whoever begins to use a layer, exclusively by whoever removes layers. */
    public Path layerLock() {
        return stencil().resolve(".lock");
    }

    /** Held exclusively while the cache of {@code template} is made or removed (spec vzpkg 9.1). */
    public Path cacheLock(String template) {
        return templateArea.resolve("cache").resolve(template + ".lock");
    }

    /** Where files tell which applications a cache holds (spec vzpkg 5.9). */
    public Path lists() {
        return templateArea.resolve("cache");
    }

    private Path stencil() {
        return templateArea.resolve("stencil");
    }

    /** Nothing but root may look below: the trees hold setuid programs that nobody updates. */
    public static void makeSecretDirectories(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    }

    public static void syncDirectory(Path directory) throws IOException {
        int descriptor = Kernel.openat(Kernel.AT_FDCWD, directory.toString(), Kernel.O_RDONLY | Kernel.O_DIRECTORY, 0);
        try {
            Kernel.fsync(descriptor);
        } finally {
            Kernel.close(descriptor);
        }
    }
}
