package dev.stencil.cli;

import dev.stencil.linux.TerminalWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is known about the place where standard error goes; interactive means that a line can be wiped and written anew. */
record Terminal(boolean isInteractive, boolean hasColor, int columns) {
    static final Terminal NONE = new Terminal(false, false, 80);

    /** Looks at descriptor 2 without a system call of our own, and at NO_COLOR, TERM and COLUMNS. */
    static Terminal detect(Map<String, String> environment) {
        if (!isTerminal("/proc/self/fd/2")) {
            return NONE;
        }
        String term = environment.getOrDefault("TERM", "dumb");
        if (term.equals("dumb")) {
            return NONE; // no colours, and no bars: it cannot return to the beginning of a line and wipe it
        }
        boolean color = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(true, color, columns(environment.getOrDefault("COLUMNS", "")));
    }

    String red(String text) {
        return hasColor ? "\u001b[31m" + text + "\u001b[0m" : text;
    }

    /** Width of the window as it is now; {@link #columns} where the kernel does not know it. */
    int barColumns() {
        int now = TerminalWindow.columns(2);
        return now > 0 ? Math.clamp(now, 40, 200) : columns;
    }

    private static boolean isTerminal(String descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of(descriptor)).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException notLinux) {
            return false;
        }
    }

    private static int columns(String text) {
        try {
            return Math.clamp(Integer.parseInt(text), 40, 200);
        } catch (NumberFormatException unset) {
            return 80;
        }
    }
}
