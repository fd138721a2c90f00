package dev.stencil.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Pieces that the completions of several shells share. */
final class ShellText {
    private ShellText() {}

    /** A file of {@code completion/}. */
    static String resource(String name) {
        try (InputStream resource = ShellText.class.getResourceAsStream("/completion/" + name)) {
            return new String(Objects.requireNonNull(resource, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One word for a POSIX shell, zsh and fish: fish reads {@code \'} inside single quotes, the others {@code '\''}. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** {@code text} without its full stop, for a list of proposals. */
    static String described(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** The words that may follow {@code first} in names of two words, each with its summary. */
    static SortedMap<String, String> secondWords(ToolModel tool, String first) {
        return tool.commands().stream()
                .filter(command -> command.firstWord().equals(first))
                .filter(command -> !command.secondWord().isEmpty())
                .collect(Collectors.toMap(
                        CommandModel::secondWord, CommandModel::summary, (one, other) -> one, TreeMap::new));
    }

    /** The first words that begin names of two words. */
    static List<String> wordsWithSecond(ToolModel tool) {
        return tool.firstWords().stream()
                .filter(first -> !secondWords(tool, first).isEmpty())
                .toList();
    }

    static String kinds(Candidates candidates) {
        return candidates.kinds().stream().map(Candidates.Kind::word).collect(Collectors.joining(" "));
    }

    static String words(Candidates candidates) {
        return String.join(" ", candidates.words());
    }
}
