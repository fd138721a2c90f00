package dev.stencil.container.guest;

import java.util.ArrayList;
import java.util.List;

/** The lines of a guest's file that are ours, between two marker comments; all others are the guest's. */
final class ManagedBlock {
    private static final String BEGIN = "# Stencil begin: lines down to \"Stencil end\" are rewritten at each start";
    private static final String END = "# Stencil end";

    private ManagedBlock() {}

    /** {@code text} with our block replaced by {@code lines}, appended when there was none, dropped when empty. */
    static String replace(String text, List<String> lines) {
        List<String> result = new ArrayList<>();
        boolean inside = false;
        int place = -1;
        for (String line : text.lines().toList()) {
            if (line.equals(BEGIN) && text.contains("\n" + END)) {
                inside = true;
                place = place < 0 ? result.size() : place;
            } else if (inside && line.equals(END)) {
                inside = false;
            } else if (!inside) {
                result.add(line);
            }
        }
        if (!lines.isEmpty()) {
            List<String> block = new ArrayList<>(List.of(BEGIN));
            block.addAll(lines);
            block.add(END);
            result.addAll(place < 0 ? result.size() : place, block);
        }
        return result.isEmpty() ? "" : String.join("\n", result) + "\n";
    }
}
