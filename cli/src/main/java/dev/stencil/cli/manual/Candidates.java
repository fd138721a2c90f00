package dev.stencil.cli.manual;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a word on the command line can be, as far as a shell can propose it, read off the label that the help shows for it:
 * {@code CT|OST} is a container or a template, {@code on|off} one of these two words. Labels that name nothing a shell can
 * look up propose nothing.
 *
 * @param kinds what to look up
 * @param words what is proposed as it stands
 */
record Candidates(Set<Kind> kinds, List<String> words, String label) {
    /** What is looked up on the host. */
    enum Kind {
        CONTAINERS,
        TEMPLATES,
        APPLICATIONS,
        SAMPLES,
        FILES,
        DIRECTORIES;

        /** How the shells' look-up function calls it. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    Candidates {
        words = List.copyOf(words);
    }

    /** Of an option's value. */
    static Candidates ofValue(String label) {
        return of(label, Set.of());
    }

    /**
     * Of an operand. {@code NAME} behind a container or a template is an application; alone it is a template. What a
     * {@code create} names is new.
     *
     * @param command the first word of the command
     * @param before the label of the operand before it; empty for the first one
     */
    static Candidates ofOperand(String command, String before, String label) {
        if (command.equals("create") && !label.equals("OST")) {
            return new Candidates(Set.of(), List.of(), label);
        }
        boolean isContainer = label.equals("CTID|NAME");
        return of(isContainer ? "CT" : label, Set.of(before.isEmpty() ? Kind.TEMPLATES : Kind.APPLICATIONS));
    }

    boolean isEmpty() {
        return kinds.isEmpty() && words.isEmpty();
    }

    /** For a person: {@code container or template}. */
    String description() {
        return label.toLowerCase(java.util.Locale.ROOT).replace("|", " or ").replaceAll("[\\[\\]…,]", "");
    }

    private static Candidates of(String label, Set<Kind> name) {
        Set<Kind> kinds = new LinkedHashSet<>();
        List<String> words = new ArrayList<>();
        for (String one : label.replaceAll("[\\[\\]…,]", "").split("\\|")) {
            switch (one) {
                case "CT", "CTID" -> kinds.add(Kind.CONTAINERS);
                case "OST", "LOCK" -> kinds.add(Kind.TEMPLATES);
                case "APP" -> kinds.add(Kind.APPLICATIONS);
                case "NAME" -> kinds.addAll(name);
                case "SAMPLE" -> kinds.add(Kind.SAMPLES);
                case "FILE", "PATH" -> kinds.add(Kind.FILES);
                case "DIRECTORY" -> kinds.add(Kind.DIRECTORIES);
                default -> {
                    if (one.matches("[a-z0-9_-]+")) {
                        words.add(one);
                    }
                }
            }
        }
        return new Candidates(kinds, words, label);
    }
}
