package dev.stencil.cli.manual;

import java.util.List;
import java.util.Locale;

/**
 * Writes one manual page in the {@code man} macros, which groff and mandoc both read. Text is plain; only what stands between
 * backquotes is bold, and words in capitals that a caller marks are italic. Source: groff_man(7), groff_char(7).
 */
final class Roff {
    private static final int COLUMNS = 78;

    private final StringBuilder page = new StringBuilder();

    /** @param source what the page belongs to, in its foot; {@code date} as {@code 2026-01-31} */
    Roff(String title, int section, String date, String source, String manual) {
        line(".TH " + quoted(title.toUpperCase(Locale.ROOT)) + " " + section + " \"" + date + "\" " + quoted(source)
                + " " + quoted(manual));
        line(".nh"); // a hyphen in the name of a command would be read as part of it
        line(".ad l");
    }

    void section(String name) {
        line(".SH " + quoted(name.toUpperCase(Locale.ROOT)));
    }

    void paragraph(String text) {
        line(".PP");
        filled(marked(text));
    }

    /** Text right behind a heading. */
    void text(String text) {
        filled(marked(text));
    }

    /** A term with its explanation; both marked up. */
    void item(String term, String text) {
        line(".TP");
        line(marked(term));
        filled(text.isEmpty() ? "\\&" : marked(text));
    }

    /** A line that is not filled, one of several. */
    void synopsis(String invocation, String rest) {
        line(".HP");
        line("\\fB" + escaped(invocation) + "\\fR" + (rest.isEmpty() ? "" : " " + italicWords(rest)));
    }

    private void code(List<String> lines) {
        line(".RS 4");
        line(".nf");
        lines.forEach(code -> line(protectedStart(escaped(code))));
        line(".fi");
        line(".RE");
    }

    /** Blocks right behind a heading. */
    void blocks(List<PageText.Block> blocks) {
        for (int i = 0; i < blocks.size(); i++) {
            boolean isFirst = i == 0;
            switch (blocks.get(i)) {
                case PageText.Block.Paragraph(var text) when isFirst -> text(text);
                case PageText.Block.Code(var lines) when isFirst -> code(lines);
                case PageText.Block other -> block(other);
            }
        }
    }

    /** A block behind others. */
    void block(PageText.Block block) {
        switch (block) {
            case PageText.Block.Paragraph(var text) -> paragraph(text);
            case PageText.Block.Code(var lines) -> {
                line(".PP");
                code(lines);
            }
            case PageText.Block.Item(var term, var text) -> item(term, text);
        }
    }

    /** An option as it heads its explanation: names bold, the value in italics. */
    static String optionTerm(OptionModel option) {
        var text = new StringBuilder();
        for (String name : option.names()) {
            text.append(text.isEmpty() ? "" : ", ").append('`').append(name).append('`');
        }
        if (option.hasValue()) {
            boolean isLong = option.names().getLast().startsWith("--");
            text.append(isLong ? "=" : " ").append("``").append(option.label()).append("``");
        }
        return text.toString();
    }

    String text() {
        return page.toString();
    }

    /** Each sentence begins a line, as roff wants it, and no line is long. */
    private void filled(String text) {
        for (String sentence : text.split("(?<=[a-z)][.:!?]) (?=[A-Z\\\\])")) {
            var row = new StringBuilder();
            for (String word : sentence.split(" ")) {
                if (!row.isEmpty() && row.length() + word.length() >= COLUMNS) {
                    line(protectedStart(row.toString()));
                    row.setLength(0);
                }
                row.append(row.isEmpty() ? "" : " ").append(word);
            }
            line(protectedStart(row.toString()));
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /** Capitals are what a user replaces. */
    private static String italicWords(String text) {
        return escaped(text).replaceAll("\\b([A-Z][A-Z0-9]+)\\b", "\\\\fI$1\\\\fR");
    }

    /** {@code `bold`} and {@code ``italic``} into fonts. */
    private static String marked(String text) {
        var out = new StringBuilder();
        boolean bold = false;
        boolean italic = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("``", i)) {
                italic = !italic;
                out.append(italic ? "\\fI" : "\\fR");
                i++;
            } else if (text.charAt(i) == '`') {
                bold = !bold;
                out.append(bold ? "\\fB" : "\\fR");
            } else {
                append(text.charAt(i), out);
            }
        }
        return protectedStart(out.toString());
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i), out);
        }
        return out.toString();
    }

    private static void append(char c, StringBuilder out) {
        switch (c) {
            case '\\' -> out.append("\\e");
            case '-' -> out.append("\\-");
            case '\'' -> out.append("\\(aq");
            case '`' -> out.append("\\(ga");
            case '^' -> out.append("\\(ha");
            case '~' -> out.append("\\(ti");
            case '"' -> out.append("\\(dq");
            case '…' -> out.append("...");
            default -> {
                if (c < 128) {
                    out.append(c);
                } else {
                    out.append("\\[u%04X]".formatted((int) c));
                }
            }
        }
    }

    /** A line that begins with a dot would be a request. */
    private static String protectedStart(String line) {
        return line.startsWith(".") ? "\\&" + line : line;
    }

    private static String quoted(String text) {
        return "\"" + escaped(text) + "\"";
    }
}
