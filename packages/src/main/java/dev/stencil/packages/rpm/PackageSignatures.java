package dev.stencil.packages.rpm;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.PackageFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks the signatures of package files with the real rpmkeys, against a keyring of the template's keys alone: each file once,
 * for the store holds no file that is not what its digest says.
 */
final class PackageSignatures {
    /** After the keyring's name: digests of files that its keys vouch for, one a line. */
    private static final String CHECKED = "-checked";

    private final ProgramRunner host;
    private final DnfState state;
    private final Function<PackageFile, Path> stored;

    /** @param stored where the package store keeps a fetched file */
    PackageSignatures(ProgramRunner host, DnfState state, Function<PackageFile, Path> stored) {
        this.host = host;
        this.state = state;
        this.stored = stored;
    }

    /** @throws StencilException {@code PACKAGE_MANAGER} naming every file that none of the keys vouches for */
    void require(List<PackageFile> files) {
        if (files.isEmpty()) {
            return;
        }
        try {
            Path keyring = keyring();
            Path record = keyring.resolveSibling(keyring.getFileName() + CHECKED);
            List<PackageFile> unknown = unknown(files, record);
            if (!unknown.isEmpty()) {
                check(unknown, keyring);
                remember(unknown, record);
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "The signatures of packages cannot be checked: " + e.getMessage(), e);
        }
    }

    /** Those that these keys did not vouch for before. */
    private static List<PackageFile> unknown(List<PackageFile> files, Path record) throws IOException {
        if (!Files.exists(record)) {
            return files;
        }
        Set<String> known = Set.copyOf(Files.readAllLines(record));
        return files.stream()
                .filter(file -> !known.contains(file.sha256().hex()))
                .toList();
    }

    /** One line a file; what another process adds at the same time stays whole. */
    private static void remember(List<PackageFile> files, Path record) throws IOException {
        var lines = new StringBuilder();
        files.stream().map(file -> file.sha256().hex()).distinct().forEach(hex -> lines.append(hex)
                .append('\n'));
        Files.writeString(record, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void check(List<PackageFile> files, Path keyring) throws IOException {
        Program check = RpmQuery.rpm(
                        "rpmkeys", "--dbpath", keyring.toString(), "--define", "_pkgverify_level all", "--checksig")
                .args(files.stream().map(file -> stored.apply(file).toString()).toList());
        Finished done = host.run(check);
        if (!done.isSuccess()) {
            throw refused(files, done);
        }
    }

    private StencilException refused(List<PackageFile> files, Finished done) {
        List<String> lines = done.text().lines().toList();
        List<String> bad = new ArrayList<>();
        for (PackageFile file : files) {
            String path = stored.apply(file).toString();
            for (String line : lines) {
                if (line.startsWith(path + ":") && line.contains("NOT OK")) {
                    bad.add(file.name() + " from " + file.uri() + " ("
                            + line.substring(path.length() + 1).strip() + ")");
                }
            }
        }
        String what = bad.isEmpty() ? DnfWords.errors(done) : String.join(", ", bad);
        return new StencilException(
                Fault.PACKAGE_MANAGER,
                "None of the template's keys vouches for: " + what
                        + ". Put the key of its repository into the template's keys directory, or do not install it.");
    }

    /** The database that holds the keys, made when they change. */
    private Path keyring() throws IOException {
        List<Path> keys = state.keys();
        var all = new ByteArrayOutputStream();
        for (Path key : keys) {
            all.writeBytes(Files.readAllBytes(key));
        }
        Path keyring = state.directory()
                .resolve("keyring-" + Digest.of(all.toByteArray()).hex().substring(0, 12));
        if (Files.isDirectory(keyring)) {
            return keyring;
        }
        Path beside = Files.createTempDirectory(state.directory(), ".keyring");
        for (Path key : keys) {
            Finished done =
                    host.run(RpmQuery.rpm("rpmkeys", "--dbpath", beside.toString(), "--import", key.toString()));
            if (!done.isSuccess()) {
                throw new IOException(key + " is no key for rpm: " + DnfWords.errors(done));
            }
        }
        try {
            Files.move(beside, keyring);
        } catch (java.nio.file.FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException made) {
            return keyring; // by another process meanwhile
        }
        return keyring;
    }
}
