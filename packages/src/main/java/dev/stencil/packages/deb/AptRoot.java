package dev.stencil.packages.deb;

import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A copy of a root's package database in a directory of ours, with the options that make apt use it. */
final class AptRoot implements AutoCloseable {
    private final Path directory;
    private final InstalledRoot database;
    private final Set<String> architectures;

    private AptRoot(Path directory, InstalledRoot database, Set<String> architectures) {
        this.directory = directory;
        this.database = database;
        this.architectures = architectures;
    }

    static AptRoot copy(Path root, PackageSource source) throws IOException {
        return of(InstalledRoot.read(root), source);
    }

    /** A database that need not be any root's. */
    static AptRoot of(InstalledRoot database, PackageSource source) throws IOException {
        Set<String> architectures = new LinkedHashSet<>(AptConfiguration.architectures(source));
        for (String arch : database.foreignArchitectures()) {
            if (!arch.isEmpty()
                    && arch.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                architectures.add(arch);
            }
        }
        Path directory = Files.createTempDirectory("stencil-apt-");
        Files.writeString(directory.resolve("status"), database.status());
        Files.writeString(directory.resolve("extended_states"), database.extendedStates());
        return new AptRoot(directory, database, architectures);
    }

    /** Holds what belongs to this view only, until it is closed. */
    Path directory() {
        return directory;
    }

    List<InstalledPackage> installed() {
        return database.packages();
    }

    /** The package cache depends on the database, so it is one of its own; that of the lists is shared. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of(
                "-o", "Dir::State::status=" + directory.resolve("status"),
                "-o", "Dir::State::extended_states=" + directory.resolve("extended_states"),
                "-o", "Dir::Cache::pkgcache=" + directory.resolve("pkgcache.bin"),
                "-o", "Debug::NoLocking=true"));
        architectures.forEach(arch -> options.addAll(List.of("-o", "APT::Architectures::=" + arch)));
        return options;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
