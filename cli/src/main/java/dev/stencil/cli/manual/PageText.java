package dev.stencil.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a manual page says beyond options: the resource {@code manual/PAGE.md}. Sections begin with {@code # Name}; inside are
 * paragraphs, examples indented by four, and terms as {@code term :: text}. {@code `code`} is shown bold.
 */
public final class PageText {
    /** A piece of a section. */
    sealed interface Block {
        record Paragraph(String text) implements Block {}

        record Code(List<String> lines) implements Block {
            public Code {
                lines = List.copyOf(lines);
            }
        }

        record Item(String term, String text) implements Block {}
    }

    private static final String CODE = "    ";
    private static final String TERM = " :: ";

    private final Map<String, List<Block>> sections = new LinkedHashMap<>();

    private PageText() {}

    /** The text of a page; empty when nobody has written one. */
    public static Optional<PageText> find(String page) {
        try (InputStream resource = PageText.class.getResourceAsStream("/manual/" + page + ".md")) {
            return resource == null
                    ? Optional.empty()
                    : Optional.of(parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PageText parse(String text) {
        var page = new PageText();
        List<Block> blocks = new ArrayList<>();
        List<String> together = new ArrayList<>();
        for (String line : (text + "\n\n").split("\n", -1)) {
            boolean changesKind = !together.isEmpty()
                    && (line.startsWith(CODE) != together.getFirst().startsWith(CODE) || line.contains(TERM));
            if (line.isBlank() || line.startsWith("# ") || changesKind) {
                if (!together.isEmpty()) {
                    blocks.add(block(together));
                    together.clear();
                }
            }
            if (line.startsWith("# ")) {
                blocks = page.sections.computeIfAbsent(line.substring(2).strip(), name -> new ArrayList<>());
            } else if (!line.isBlank()) {
                together.add(line);
            }
        }
        return page;
    }

    /** In the order of the file. */
    Map<String, List<Block>> sections() {
        return sections;
    }

    /** The blocks of a section; none when it is missing. */
    List<Block> section(String name) {
        return sections.getOrDefault(name, List.of());
    }

    /** The lines of a section for a terminal, indented by two; examples keep theirs. */
    public List<String> shown(String name) {
        List<String> lines = new ArrayList<>();
        for (Block block : section(name)) {
            switch (block) {
                case Block.Paragraph(var text) -> lines.add("  " + plain(text));
                case Block.Code(var code) -> code.forEach(line -> lines.add(CODE + line));
                case Block.Item(var term, var text) -> lines.add("  " + plain(term) + ": " + plain(text));
            }
        }
        return lines;
    }

    private static String plain(String text) {
        return text.replace("`", "");
    }

    private static Block block(List<String> lines) {
        String first = lines.getFirst();
        if (first.startsWith(CODE)) {
            return new Block.Code(
                    lines.stream().map(line -> line.substring(CODE.length())).toList());
        }
        String text = String.join(" ", lines);
        int term = text.indexOf(TERM);
        return term < 0
                ? new Block.Paragraph(text)
                : new Block.Item(
                        text.substring(0, term).strip(),
                        text.substring(term + TERM.length()).strip());
    }
}
