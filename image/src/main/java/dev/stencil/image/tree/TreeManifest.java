package dev.stencil.image.tree;

import dev.stencil.host.Digest;
import dev.stencil.linux.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is compared of a tree (spec conary 9.5): a line for each name, the names in a directory in the order
 * of their bytes and what is in them right behind them. Equal trees on
 * any file system have equal manifests: link counts and sizes of directories, numbers of inodes, times of access and the
 * attributes that an overlay leaves behind are not part of it.
 */
public final class TreeManifest {
    private final List<TreeEntry> entries;

    private TreeManifest(List<TreeEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads the tree at {@code directory}, every byte of it, on all cores. For a stack of layers give the place where they
     * are mounted. Nobody may change it meanwhile.
     */
    public static TreeManifest read(Path directory) throws IOException {
        return new TreeManifest(TreeScan.of(directory));
    }

    /** The top first, as {@code .}. */
    public List<TreeEntry> entries() {
        return entries;
    }

    /** The same tree as if it did not have these files; none of them may be a directory or one of several names of a file. */
    public TreeManifest without(Set<String> files) {
        return new TreeManifest(
                entries.stream().filter(entry -> !files.contains(entry.path())).toList());
    }

    /** SHA-256 of {@link #line lines}: equal digests, equal trees. */
    public Digest digest() {
        try (Sha256 calculation = Sha256.start()) {
            for (TreeEntry entry : entries) {
                calculation.update(line(entry).getBytes(StandardCharsets.US_ASCII));
            }
            return new Digest(HexFormat.of().formatHex(calculation.finish()));
        }
    }

    /** Bytes in regular files, one with several names counted once. */
    public long sizeBytes() {
        long bytes = 0;
        for (TreeEntry entry : entries) {
            bytes += entry.status().isRegular() && entry.sameAs().isEmpty() ? entry.size() : 0;
        }
        return bytes;
    }

    /** What must be done to this tree to make it {@code other}, in the order of paths. */
    public List<TreeDifference> differencesTo(TreeManifest other) {
        return TreeDifference.between(byPath(), other.byPath());
    }

    private Map<String, TreeEntry> byPath() {
        Map<String, TreeEntry> byPath = new HashMap<>(entries.size() * 2);
        entries.forEach(entry -> byPath.put(entry.path(), entry));
        return byPath;
    }

    /**
     * Kind, mode, uid, gid, size, second, path, then what applies of {@code sha256=}, {@code link=}, {@code same=},
     * {@code device=} and {@code xattr.NAME=} in hexadecimal. Bytes of names that are not printable ASCII, and blanks and
     * backslashes, are three octal digits behind a backslash.
     */
    static String line(TreeEntry entry) {
        var status = entry.status();
        var line = new StringBuilder(160);
        line.append(entry.kind()).append(' ').append(Integer.toOctalString(status.permissions()));
        line.append(' ').append(status.uid()).append(' ').append(status.gid());
        line.append(' ').append(entry.size()).append(' ').append(status.mtimeSeconds());
        if (status.mtimeNanos() != 0) {
            line.append('.').append(Integer.toString(1_000_000_000 + status.mtimeNanos()), 1, 10);
        }
        line.append(' ').append(ShownName.escaped(entry.path()));
        entry.content().ifPresent(digest -> line.append(" sha256=").append(digest.hex()));
        entry.linkTarget().ifPresent(target -> line.append(" link=").append(ShownName.escaped(target)));
        entry.sameAs().ifPresent(first -> line.append(" same=").append(ShownName.escaped(first)));
        if (entry.device() != 0) {
            line.append(" device=").append(entry.device());
        }
        for (TreeEntry.Attribute attribute : entry.attributes()) {
            line.append(" xattr.").append(ShownName.escaped(attribute.name())).append('=');
            line.append(HexFormat.of().formatHex(attribute.value()));
        }
        return line.append('\n').toString();
    }
}
