package dev.stencil.image.tree;

import dev.stencil.image.tree.TreeDifference.Aspect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A path at which two trees differ. Times and extended attributes are not compared.
 *
 * @param path without a slash in front; {@code .} is the top
 * @param before what the first tree has there; empty when it was added
 * @param after what the second tree has there; empty when it was removed
 * @param aspects what differs where both have something
 */
public record FileDifference(String path, Optional<Traits> before, Optional<Traits> after, Set<Aspect> aspects) {
    public FileDifference {
        aspects = Set.copyOf(aspects);
    }

    /**
     * What is told of a file besides its content; numbers as they are inside the tree.
     *
     * @param permissions with setuid, setgid and sticky
     */
    public record Traits(int permissions, int uid, int gid) {
        /** {@code 0755}. */
        public String mode() {
            String octal = Integer.toOctalString(permissions);
            return "0".repeat(Math.max(0, 4 - octal.length())) + octal;
        }

        /** {@code 0:42}. */
        public String owner() {
            return uid + ":" + gid;
        }
    }

    /** {@code added}, {@code removed} or {@code changed}. */
    public String kind() {
        return before.isEmpty() ? "added" : after.isEmpty() ? "removed" : "changed";
    }

    /** Words for the aspects, in a fixed order. */
    public List<String> aspectWords() {
        List<String> words = new ArrayList<>();
        for (Aspect aspect : Aspect.values()) {
            if (aspects.contains(aspect)) {
                words.add(aspect.word());
            }
        }
        return words;
    }

    /** The path from the root on, as one word: {@code /etc/passwd}. */
    public String shownPath() {
        return path.equals(TreeEntry.TOP) ? "/" : "/" + ShownName.escaped(path);
    }

    /** A line for people: {@code + /etc/new}, {@code ~ /etc/passwd  content, mode 0644 -> 0600}. */
    public String shown() {
        if (before.isEmpty() || after.isEmpty()) {
            return (before.isEmpty() ? "+ " : "- ") + shownPath();
        }
        List<String> words = new ArrayList<>();
        for (Aspect aspect : Aspect.values()) {
            if (aspects.contains(aspect)) {
                words.add(
                        switch (aspect) {
                            case MODE ->
                                "mode " + before.get().mode() + " -> "
                                        + after.get().mode();
                            case OWNER ->
                                "owner " + before.get().owner() + " -> "
                                        + after.get().owner();
                            default -> aspect.word();
                        });
            }
        }
        return "~ " + shownPath() + "  " + String.join(", ", words);
    }
}
