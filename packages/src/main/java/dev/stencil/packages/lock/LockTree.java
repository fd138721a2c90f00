package dev.stencil.packages.lock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The packages of a lock below the lists and packages that ask for them. What a package needs is shown where it comes up
 * first; further places only name it.
 *
 * @param lines from the top down
 */
public record LockTree(List<Line> lines) {
    /** Deeper ones are shown at this depth: a made-up lock must not draw lines without end. */
    private static final int DEEPEST = 100;

    private static final String UNASKED = "asked for by nobody";

    public LockTree {
        lines = List.copyOf(lines);
    }

    /**
     * One line.
     *
     * @param depth 0 for a list
     * @param isLast whether it is the last one below its parent
     * @param name of the list or package
     * @param version full; empty for a list
     * @param isRepeated whether what it needs was shown above
     */
    public record Line(int depth, boolean isLast, String name, String version, boolean isRepeated) {}

    private record Open(String label, int depth, boolean isLast) {}

    public static LockTree of(Lock lock) {
        var chains = new InclusionChains(lock);
        List<Line> lines = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        for (String list : chains.roots()) {
            lines.add(new Line(0, false, list, "", false));
            addBelow(chains, chains.askedBy(list), shown, lines);
        }
        List<String> rest = chains.packages().keySet().stream()
                .filter(label -> !shown.contains(label))
                .toList();
        if (!rest.isEmpty()) {
            lines.add(new Line(0, false, UNASKED, "", false));
            addBelow(chains, rest, shown, lines);
        }
        return new LockTree(lines);
    }

    /** With a stack of its own: the depth of a lock that somebody made up is not limited. */
    private static void addBelow(InclusionChains chains, List<String> labels, Set<String> shown, List<Line> lines) {
        Deque<Open> open = new ArrayDeque<>();
        push(labels, 1, open);
        while (!open.isEmpty()) {
            Open next = open.pop();
            LockedPackage one =
                    java.util.Objects.requireNonNull(chains.packages().get(next.label));
            boolean isNew = shown.add(next.label);
            List<String> below = chains.askedBy(next.label);
            lines.add(new Line(next.depth, next.isLast, next.label, one.fullVersion(), !isNew && !below.isEmpty()));
            if (isNew) {
                push(below, Math.min(next.depth + 1, DEEPEST), open);
            }
        }
    }

    private static void push(List<String> labels, int depth, Deque<Open> open) {
        for (int i = labels.size() - 1; i >= 0; i--) {
            open.push(new Open(labels.get(i), depth, i == labels.size() - 1));
        }
    }

    /** With lines drawn; {@code (*)} marks what was shown above. */
    public String text() {
        var text = new StringBuilder();
        List<Boolean> ended = new ArrayList<>();
        for (Line line : lines) {
            while (ended.size() >= Math.max(line.depth, 1)) {
                ended.removeLast();
            }
            for (boolean isEnded : ended) {
                text.append(isEnded ? "    " : "│   ");
            }
            if (line.depth > 0) {
                text.append(line.isLast ? "└── " : "├── ");
                ended.add(line.isLast);
            }
            text.append(line.name)
                    .append(line.version.isEmpty() ? "" : " " + line.version)
                    .append(line.isRepeated ? " (*)" : "")
                    .append('\n');
        }
        return text.toString();
    }
}
