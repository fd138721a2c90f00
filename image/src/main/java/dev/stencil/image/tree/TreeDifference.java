package dev.stencil.image.tree;

import dev.stencil.linux.FileStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How one path differs between two trees.
 *
 * @param before what the first tree has there, empty when it was added
 * @param after what the second tree has there, empty when it was removed
 * @param aspects what differs where both have something; never empty then
 */
public record TreeDifference(String path, Optional<TreeEntry> before, Optional<TreeEntry> after, Set<Aspect> aspects) {
    /** One thing that can differ. */
    public enum Aspect {
        /** One is a directory, the other a file, and so on; then nothing else is compared. */
        KIND,
        /** Bytes of a file, target of a link, number of a device. */
        CONTENT,
        MODE,
        OWNER,
        MTIME,
        XATTR,
        /** Which names are one file. */
        HARD_LINK;

        /** As it is printed: {@code hard link}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    public TreeDifference {
        aspects = Set.copyOf(aspects);
    }

    public boolean isAdded() {
        return before.isEmpty();
    }

    public boolean isRemoved() {
        return after.isEmpty();
    }

    /** {@code added}, {@code removed}, or the aspects: {@code content, mtime}. */
    public String how() {
        if (isAdded() || isRemoved()) {
            return isAdded() ? "added" : "removed";
        }
        var words = new ArrayList<String>();
        for (Aspect aspect : Aspect.values()) {
            if (aspects.contains(aspect)) {
                words.add(aspect.word());
            }
        }
        return String.join(", ", words);
    }

    /** A line for people: the path as one word, then how it differs. */
    public String shown() {
        return ShownName.escaped(path) + ": " + how();
    }

    static List<TreeDifference> between(Map<String, TreeEntry> before, Map<String, TreeEntry> after) {
        var entries = new ArrayList<>(before.values());
        after.forEach((path, entry) -> {
            if (!before.containsKey(path)) {
                entries.add(entry);
            }
        });
        entries.sort(TreeEntry.ORDER);
        List<TreeDifference> differences = new ArrayList<>();
        for (TreeEntry entry : entries) {
            Optional<TreeEntry> old = Optional.ofNullable(before.get(entry.path()));
            Optional<TreeEntry> now = Optional.ofNullable(after.get(entry.path()));
            Set<Aspect> aspects = old.isPresent() && now.isPresent() ? aspects(old.get(), now.get()) : Set.of();
            if (old.isEmpty() || now.isEmpty() || !aspects.isEmpty()) {
                differences.add(new TreeDifference(entry.path(), old, now, aspects));
            }
        }
        return differences;
    }

    private static Set<Aspect> aspects(TreeEntry before, TreeEntry after) {
        var aspects = EnumSet.noneOf(Aspect.class);
        if (before.kind() != after.kind()) {
            aspects.add(Aspect.KIND);
            return aspects;
        }
        FileStatus old = before.status();
        FileStatus now = after.status();
        add(
                aspects,
                Aspect.CONTENT,
                !before.content().equals(after.content())
                        || !before.linkTarget().equals(after.linkTarget())
                        || before.device() != after.device());
        add(aspects, Aspect.MODE, old.permissions() != now.permissions());
        add(aspects, Aspect.OWNER, old.uid() != now.uid() || old.gid() != now.gid());
        add(aspects, Aspect.MTIME, old.mtimeSeconds() != now.mtimeSeconds() || old.mtimeNanos() != now.mtimeNanos());
        add(aspects, Aspect.XATTR, !before.attributes().equals(after.attributes()));
        add(aspects, Aspect.HARD_LINK, !before.sameAs().equals(after.sameAs()));
        return aspects;
    }

    private static void add(Set<Aspect> aspects, Aspect aspect, boolean differs) {
        if (differs) {
            aspects.add(aspect);
        }
    }
}
