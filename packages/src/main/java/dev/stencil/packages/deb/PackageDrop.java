package dev.stencil.packages.deb;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory inside a root in use, readable by its root only, where package files lie while its dpkg takes them.
 *
 * <p>The files are copies: a hard link would let the guest write into the host's package store. Neither {@code /run} nor
 * {@code /tmp} will do, they are file systems of the guest's own that the host does not see. The name is fixed, so what a
 * killed run left is removed by the next one.
 */
final class PackageDrop implements AutoCloseable {
    static final String NAME = ".stencil-packages";

    private final Root root;
    private final Owner owner;

    private PackageDrop(Root root, Owner owner) {
        this.root = root;
        this.owner = owner;
    }

    static PackageDrop open(Target target) throws IOException {
        Root root = Root.open(target.root());
        try {
            var owner = Owner.ROOT.shiftedBy(target.idShift());
            root.deleteTree(NAME);
            root.makeDirectory(NAME, Mode.SECRET_DIRECTORY, owner);
            return new PackageDrop(root, owner);
        } catch (IOException e) {
            root.close();
            throw e;
        }
    }

    /** Puts a copy of {@code stored} inside. */
    void add(PackageName name, Path stored) throws IOException {
        root.copyIn(stored, NAME + "/" + fileName(name), Mode.SECRET, owner);
    }

    /** Where programs inside find the file of a package that was added. */
    String inside(PackageName name) {
        return "/" + NAME + "/" + fileName(name);
    }

    /** The name apt gives the file of a package; an epoch's colon is written {@code %3a}. */
    private static String fileName(PackageName name) {
        return name.name() + "_" + name.version().replace(":", "%3a") + "_" + name.arch() + ".deb";
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
