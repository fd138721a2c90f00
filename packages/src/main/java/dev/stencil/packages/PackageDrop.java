package dev.stencil.packages;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory inside a root in use, readable by its root only, where package files lie while its package manager takes them.
 *
 * <p>The files are copies: a hard link would let the guest write into the host's package store. Neither {@code /run} nor
 * {@code /tmp} will do, they are file systems of the guest's own that the host does not see. The name is fixed, so what a
 * killed run left is removed by the next one.
 */
public final class PackageDrop implements AutoCloseable {
    public static final String NAME = ".stencil-packages";

    private final Root root;
    private final Owner owner;
    private final String suffix;

    private PackageDrop(Root root, Owner owner, String suffix) {
        this.root = root;
        this.owner = owner;
        this.suffix = suffix;
    }

    /**
     * Makes the directory, empty.
     *
     * @param suffix of the family's package files, {@code .deb} for example
     */
    public static PackageDrop open(Target target, String suffix) throws IOException {
        Root root = Root.open(target.root());
        try {
            var owner = Owner.ROOT.shiftedBy(target.idShift());
            root.deleteTree(NAME);
            root.makeDirectory(NAME, Mode.SECRET_DIRECTORY, owner);
            return new PackageDrop(root, owner, suffix);
        } catch (IOException e) {
            root.close();
            throw e;
        }
    }

    /** Puts a copy of {@code stored} inside. */
    public void add(PackageName name, Path stored) throws IOException {
        root.copyIn(stored, NAME + "/" + fileName(name), Mode.SECRET, owner);
    }

    /** Where programs inside find the file of a package that was added. */
    public String inside(PackageName name) {
        return "/" + NAME + "/" + fileName(name);
    }

    /** The name apt gives the file of a package; an epoch's colon is written {@code %3a}. */
    private String fileName(PackageName name) {
        return name.name() + "_" + name.version().replace(":", "%3a") + "_" + name.arch() + suffix;
    }

    @Override
    public void close() throws IOException {
        try {
            root.deleteTree(NAME);
        } finally {
            root.close();
        }
    }
}
