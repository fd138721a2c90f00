package dev.stencil.image.tree;

import dev.stencil.host.Digest;
import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.NativeText;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One name of a tree with all that is compared of it.
 *
 * @param path without a slash in front; {@code .} is the top. Text as in {@link NativeText}
 * @param content digest of a regular file's bytes
 * @param linkTarget of a symbolic link
 * @param attributes extended ones, sorted by name, without those of an overlay
 * @param sameAs first name, in the order of paths, of the file that this is another name of
 */
public record TreeEntry(
        String path,
        FileStatus status,
        Optional<Digest> content,
        Optional<String> linkTarget,
        List<Attribute> attributes,
        Optional<String> sameAs) {
    /** Path of a tree's own directory. */
    public static final String TOP = ".";

    /**
     * The order of a manifest: names in a directory by their bytes, what is in a directory right behind it. So a slash
     * comes before every other byte; else tar would set a directory's time before it is done with it.
     */
    static final Comparator<TreeEntry> ORDER = Comparator.comparing(TreeEntry::sortKey, Arrays::compareUnsigned);

    /** An extended attribute. */
    public record Attribute(String name, byte[] value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Attribute(var otherName, var otherValue)
                    && name.equals(otherName)
                    && Arrays.equals(value, otherValue);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, Arrays.hashCode(value));
        }
    }

    public TreeEntry {
        attributes = List.copyOf(attributes);
    }

    TreeEntry withContent(Digest digest) {
        return new TreeEntry(path, status, Optional.of(digest), linkTarget, attributes, sameAs);
    }

    TreeEntry withSameAs(String first, Optional<Digest> digest) {
        return new TreeEntry(path, status, digest, linkTarget, attributes, Optional.of(first));
    }

    private byte[] sortKey() {
        byte[] key = isTop() ? new byte[0] : NativeText.bytes(path);
        for (int i = 0; i < key.length; i++) {
            key[i] = key[i] == '/' ? 0 : key[i];
        }
        return key;
    }

    boolean isTop() {
        return path.equals(TOP);
    }

    /** {@code f} file, {@code d} directory, {@code l} link, {@code c} and {@code b} devices, {@code p} pipe, {@code s} socket. */
    char kind() {
        return switch (status.type()) {
            case Kernel.S_IFREG -> 'f';
            case Kernel.S_IFDIR -> 'd';
            case Kernel.S_IFLNK -> 'l';
            case Kernel.S_IFCHR -> 'c';
            case Kernel.S_IFBLK -> 'b';
            case Kernel.S_IFIFO -> 'p';
            default -> 's';
        };
    }

    /** Of a directory and a node it means nothing and depends on the file system. */
    long size() {
        return status.isRegular() || status.isSymlink() ? status.size() : 0;
    }

    long device() {
        return kind() == 'c' || kind() == 'b' ? status.nodeDevice() : 0;
    }
}
