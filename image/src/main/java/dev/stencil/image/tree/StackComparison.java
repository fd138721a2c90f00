package dev.stencil.image.tree;

import dev.stencil.image.tree.FileDifference.Traits;
import dev.stencil.image.tree.StackFolder.Entry;
import dev.stencil.image.tree.TreeDifference.Aspect;
import dev.stencil.linux.Errno;
import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Folder;
import dev.stencil.linux.Kernel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares two stacks by walking only the layers that they do not share. Content is compared by size, then byte by byte.
 * The trees may be changing: what vanishes while it is read counts as gone.
 */
public final class StackComparison {
    /** A guest can nest directories far beyond what a path may name. */
    private static final int DEEPEST = 1000;

    private final List<FileDifference> found = new ArrayList<>();

    private StackComparison() {}

    /** Every path at which they differ, directories before what is in them, otherwise by name. */
    public static List<FileDifference> between(TreeStack before, TreeStack after) throws IOException {
        if (before.equals(after)) {
            return List.of();
        }
        var comparison = new StackComparison();
        try (StackFolder old = StackFolder.open(before);
                StackFolder now = StackFolder.open(after)) {
            comparison.compare(TreeEntry.TOP, old.self(), now.self());
            comparison.walk("", old, now, 0);
        }
        return comparison.found;
    }

    private void walk(String prefix, StackFolder before, StackFolder after, int depth) throws IOException {
        requireDepth(prefix, depth);
        for (String name : before.namesThatMayDiffer(after)) {
            Optional<Entry> old = before.find(name);
            try {
                Optional<Entry> now = after.find(name);
                try {
                    visit(prefix + name, old, now, depth);
                } finally {
                    now.ifPresent(Entry::close);
                }
            } finally {
                old.ifPresent(Entry::close);
            }
        }
    }

    private void visit(String path, Optional<Entry> old, Optional<Entry> now, int depth) throws IOException {
        if (old.isPresent() && now.isPresent()) {
            compare(path, old.get(), now.get());
        } else if (old.isPresent() || now.isPresent()) {
            found.add(new FileDifference(
                    path, old.map(StackComparison::traits), now.map(StackComparison::traits), Set.of()));
        }
        Optional<StackFolder> before = old.flatMap(Entry::folder);
        Optional<StackFolder> after = now.flatMap(Entry::folder);
        if (before.isPresent() && after.isPresent()) {
            walk(path + "/", before.get(), after.get(), depth + 1);
        } else if (before.isPresent() || after.isPresent()) {
            tellAll(path + "/", before.or(() -> after).orElseThrow(), after.isPresent(), depth + 1);
        }
    }

    /** All that is in a directory which the other tree does not have. */
    private void tellAll(String prefix, StackFolder folder, boolean isAdded, int depth) throws IOException {
        requireDepth(prefix, depth);
        for (String name : folder.names()) {
            Optional<Entry> entry = folder.find(name);
            try {
                visit(prefix + name, isAdded ? Optional.empty() : entry, isAdded ? entry : Optional.empty(), depth);
            } finally {
                entry.ifPresent(Entry::close);
            }
        }
    }

    private static void requireDepth(String path, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("directories are nested deeper than " + DEEPEST + " at " + path.substring(0, 100));
        }
    }

    private void compare(String path, Entry old, Entry now) throws IOException {
        if (old.isSameFileAs(now)) {
            return;
        }
        Set<Aspect> aspects = aspects(old, now);
        if (!aspects.isEmpty()) {
            found.add(new FileDifference(path, Optional.of(traits(old)), Optional.of(traits(now)), aspects));
        }
    }

    private static Traits traits(Entry entry) {
        return new Traits(entry.status().permissions(), entry.uid(), entry.gid());
    }

    private static Set<Aspect> aspects(Entry old, Entry now) throws IOException {
        var aspects = EnumSet.noneOf(Aspect.class);
        FileStatus before = old.status();
        FileStatus after = now.status();
        if (before.type() != after.type()) {
            return EnumSet.of(Aspect.KIND);
        }
        if (!isSameContent(old, now)) {
            aspects.add(Aspect.CONTENT);
        }
        if (before.permissions() != after.permissions() && !before.isSymlink()) {
            aspects.add(Aspect.MODE);
        }
        if (old.uid() != now.uid() || old.gid() != now.gid()) {
            aspects.add(Aspect.OWNER);
        }
        return aspects;
    }

    private static boolean isSameContent(Entry old, Entry now) throws IOException {
        Folder before = old.part().folder();
        Folder after = now.part().folder();
        try {
            return switch (old.status().type()) {
                case Kernel.S_IFREG ->
                    old.status().size() == now.status().size() && before.hasSameContent(old.name(), after, now.name());
                case Kernel.S_IFLNK -> before.linkTarget(old.name()).equals(after.linkTarget(now.name()));
                case Kernel.S_IFCHR, Kernel.S_IFBLK ->
                    old.status().nodeDevice() == now.status().nodeDevice();
                default -> true;
            };
        } catch (Errno e) {
            if (e.number() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }
}
