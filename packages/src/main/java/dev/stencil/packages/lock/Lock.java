package dev.stencil.packages.lock;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every input of a file system, exactly: files of the template, repositories and their state, packages with the digests of
 * their files. What is built from equal locks is equal byte for byte. Format and rules: spec conary 9.4.
 *
 * <p>Immutable and always valid: the constructor refuses, with {@code IllegalArgumentException}, what the format does not
 * allow, wrong order included. {@link #sorted} puts in order.
 *
 * @param images in the order in which they are unpacked
 */
public record Lock(
        LockedTemplate template,
        List<LockedInput> inputs,
        List<LockedRepository> repositories,
        List<LockedImage> images,
        List<LockedPackage> packages,
        Provenance provenance) {
    /** The one version of the format so far. */
    public static final int VERSION = 1;

    /** A lock of ten thousand packages has 4 MiB. */
    private static final long LARGEST_FILE_BYTES = 64L << 20;

    public Lock {
        inputs = List.copyOf(inputs);
        repositories = List.copyOf(repositories);
        images = List.copyOf(images);
        packages = List.copyOf(packages);
        LockRules.requireAscending("input", inputs, LockedInput.ORDER, LockedInput::path);
        LockRules.requireAscending("package", packages, LockedPackage.ORDER, one -> one.packageName()
                .toString());
        requireRepositories(repositories, packages);
    }

    /**
     * Reads a lock's file and checks all of it: canonical form, id, digest of the inputs.
     *
     * @throws StencilException {@code LOCK_DAMAGED} naming the file, {@code FILE_NOT_FOUND} when there is none
     */
    public static Lock read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                throw new StencilException(
                        Fault.LOCK_DAMAGED,
                        "The lock " + file + " is damaged or was edited: it is larger than any lock ("
                                + (LARGEST_FILE_BYTES >> 20) + " MiB).");
            }
            return parse(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new StencilException(Fault.FILE_NOT_FOUND, "There is no lock " + file + ".", e);
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read the lock " + file + ": " + e.getMessage(), e);
        }
    }

    /** As {@link #read} for what is there already; {@code name} is how messages call the lock. */
    public static Lock parse(byte[] content, String name) {
        return LockReader.read(content, name);
    }

    private static void requireRepositories(List<LockedRepository> repositories, List<LockedPackage> packages) {
        Set<String> ids = new HashSet<>();
        for (LockedRepository repository : repositories) {
            String expected = "r" + (ids.size() + 1);
            if (!repository.id().equals(expected)) {
                throw new IllegalArgumentException(
                        "repository " + repository.id() + " stands where " + expected + " belongs");
            }
            ids.add(expected);
        }
        for (LockedPackage one : packages) {
            if (!ids.contains(one.file().repository())) {
                throw new IllegalArgumentException("package " + one.name() + " comes from "
                        + one.file().repository() + ", which the lock does not have");
            }
        }
    }

    /** As the constructor, with inputs and packages put in order first. */
    public static Lock sorted(
            LockedTemplate template,
            List<LockedInput> inputs,
            List<LockedRepository> repositories,
            List<LockedImage> images,
            List<LockedPackage> packages,
            Provenance provenance) {
        return new Lock(
                template,
                inputs.stream().sorted(LockedInput.ORDER).toList(),
                repositories,
                images,
                packages.stream().sorted(LockedPackage.ORDER).toList(),
                provenance);
    }

    /** Identifies what the lock says, without {@link #provenance}: equal ids, equal results. Calculated on each call. */
    public Digest id() {
        return LockText.id(LockText.body(this));
    }

    /** Digest of the template's files. */
    public Digest inputDigest() {
        return LockedInput.digestOf(inputs);
    }

    /** The canonical text, which is the content of the lock's file. */
    public String text() {
        return LockText.of(this);
    }

    public Optional<LockedRepository> repository(String id) {
        return repositories.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** The same lock with another history; its id stays. */
    public Lock with(Provenance other) {
        return new Lock(template, inputs, repositories, images, packages, other);
    }
}
