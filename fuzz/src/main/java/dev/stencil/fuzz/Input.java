package dev.stencil.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a fuzzer offers, as texts. */
public final class Input {
    private Input() {}

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The bytes as {@code count} texts divided by NUL; those that are missing are empty, the last has all that is left. */
    public static List<String> texts(byte[] bytes, int count) {
        List<String> texts = new ArrayList<>(List.of(text(bytes).split("\0", count)));
        while (texts.size() < count) {
            texts.add("");
        }
        return texts;
    }

    /** What a target demands of its subject. */
    public static void demand(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** A refusal says something, and {@code subject} is in it. */
    public static void demandWords(Exception refusal, String subject) {
        String message = refusal.getMessage();
        demand(
                message != null && !message.isEmpty() && message.contains(subject),
                "a refusal without words: " + refusal);
    }
}
