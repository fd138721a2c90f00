package dev.stencil.packages.rpm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Listens to what rpm prints while it works. A package whose scriptlet fails after unpacking counts as installed, and rpm ends
 * with status 0: only these lines tell.
 */
final class ScriptletWords {
    private static final Pattern FAILED = Pattern.compile(
            "(?:warning|error): (%[a-z]+\\([^)]*\\)) (?:scriptlet failed, (?:exit status|signal) \\d+|scriptlet failed.*)");
    private static final Pattern LUA_FAILED = Pattern.compile("error: lua script failed: .*");
    private static final List<String> STAGES = List.of(
            "Verifying packages...", "Preparing packages...", "Updating / installing...", "Cleaning up / removing...");
    private static final int KEPT_LINES = 40;
    private static final int LINES_BEFORE = 4;

    private final List<String> failures = new ArrayList<>();
    private final Deque<String> before = new ArrayDeque<>();
    private final Deque<String> errors = new ArrayDeque<>();
    private final Deque<String> last = new ArrayDeque<>();

    /** One line of standard output or error, in the order in which they come. */
    synchronized void hear(String line) {
        if (line.isBlank() || STAGES.contains(line.strip())) {
            return;
        }
        keep(last, line, KEPT_LINES);
        if (line.startsWith("error: ")) {
            keep(errors, line, KEPT_LINES);
        }
        if (FAILED.matcher(line).find() || LUA_FAILED.matcher(line).find()) {
            failures.addAll(before);
            failures.add(line);
            before.clear();
        } else {
            keep(before, line, LINES_BEFORE);
        }
    }

    private static void keep(Deque<String> lines, String line, int most) {
        lines.addLast(line);
        if (lines.size() > most) {
            lines.removeFirst();
        }
    }

    synchronized boolean hasFailure() {
        return !failures.isEmpty();
    }

    /** The failures with what was said just before, or else rpm's errors, or the last of everything. */
    synchronized String text() {
        if (!failures.isEmpty()) {
            return String.join("\n", failures);
        }
        return String.join("\n", errors.isEmpty() ? last : errors);
    }

    /** The last line of all. */
    synchronized Optional<String> last() {
        return Optional.ofNullable(last.peekLast());
    }

    /** Names of scriptlets that failed, {@code %post(hello-1.0-1.x86_64)}. */
    synchronized List<String> scriptlets() {
        List<String> names = new ArrayList<>();
        for (String line : failures) {
            Matcher match = FAILED.matcher(line);
            if (match.find()) {
                names.add(match.group(1));
            }
        }
        return names;
    }
}
