package dev.stencil.cli;

import dev.stencil.cli.manual.PageText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The usage text of a tool or of one of its commands. */
final class Usage {
    private final List<String> lines = new ArrayList<>();

    /** Of the whole tool: its commands with their summaries. */
    Usage(Tool tool) {
        lines.add("Usage: " + tool.synopsis());
        if (tool.isSingle()) {
            return;
        }
        lines.add("");
        lines.add("Commands:");
        for (CommandTable.Entry entry : tool.commands().entries()) {
            if (!entry.hidden()) {
                lines.add("  " + padded(entry.name(), 18) + entry.summary());
            }
        }
        lines.add("");
        lines.add("\"" + tool.name() + " COMMAND --help\" explains a command.");
    }

    private Usage(String text) {
        lines.addAll(text.stripTrailing().lines().toList());
    }

    /** Of one command. */
    static Usage of(Tool tool, CommandSpec spec, int columns) {
        spec.name(tool.isSingle() ? tool.name() : tool.name() + " " + spec.name());
        spec.usageMessage().width(Math.max(columns, 80));
        return new Usage(new CommandLine(spec).getUsageMessage(Ansi.OFF));
    }

    /** Of one command that was asked to explain itself: with the examples of its manual page. */
    static Usage explained(Tool tool, CommandSpec spec, int columns) {
        Usage usage = of(tool, spec, columns);
        String page = spec.name().replace(' ', '-');
        List<String> examples =
                PageText.find(page).map(text -> text.shown("Examples")).orElse(List.of());
        if (!examples.isEmpty()) {
            usage.lines.add("");
            usage.lines.add("Examples:");
            usage.lines.addAll(examples);
        }
        usage.lines.add("");
        usage.lines.add("Manual page: " + page + "(8)");
        return usage;
    }

    String text() {
        return String.join("\n", lines);
    }

    void print(PrintStream stream) {
        stream.print(text());
        stream.print('\n');
    }

    private static String padded(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }
}
