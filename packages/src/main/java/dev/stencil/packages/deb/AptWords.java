package dev.stencil.packages.deb;

import dev.stencil.linux.Finished;
import java.util.List;

/** What apt said when it failed: its {@code E:} lines, else the end of everything. */
final class AptWords {
    private static final int MOST_LINES = 12;

    private AptWords() {}

    static String errors(Finished apt) {
        List<String> all = apt.stderrEnd()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> errors = all.stream()
                .filter(line -> line.startsWith("E: "))
                .map(line -> line.substring(3))
                .distinct()
                .toList();
        List<String> words = errors.isEmpty() ? all : errors;
        if (words.isEmpty()) {
            return "apt ended with status " + apt.status();
        }
        return String.join("; ", words.subList(0, Math.min(MOST_LINES, words.size())));
    }

    /** With the explanation that apt prints on standard output when dependencies cannot be met. */
    static String errorsAndReasons(Finished apt) {
        String text = apt.text();
        int begin = text.indexOf("The following packages have unmet dependencies:");
        return begin < 0
                ? errors(apt)
                : errors(apt) + "\n" + text.substring(begin).strip();
    }
}
