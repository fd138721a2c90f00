package dev.stencil.packages.rpm;

import dev.stencil.linux.Finished;
import java.util.List;

/** What dnf or rpm said when it failed, without the warnings that say nothing about it. */
final class DnfWords {
    private static final int MOST_LINES = 20;

    private DnfWords() {}

    static String errors(Finished done) {
        List<String> lines = done.stderrEnd()
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank() && !isChatter(line))
                .map(line -> line.startsWith("error: ") ? line.substring(7) : line)
                .toList();
        if (lines.isEmpty()) {
            return done.program().name() + " ended with status " + done.status();
        }
        return String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    }

    /** Debian's rpm advises against itself at each call; dnf misses modules that nobody asked for. */
    static boolean isChatter(String line) {
        return line.contains("RPM should not be used directly install RPM packages")
                || line.contains("However assuming you know what you are doing")
                || line.contains("Detection of Platform Module failed");
    }
}
