package dev.stencil.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The commands of one tool by name, one or two words each. Names and one-line summaries are known without making any
 * command; the chosen one is made from the wired services. Factories are lambdas, not constructor references: those would load
 * the classes of all commands at each start.
 */
public final class CommandTable {
    /** A line of the table. Hidden commands work but are not in the usage. */
    public record Entry(String name, String summary, boolean hidden, Function<Stencil, Command> factory) {}

    /** What a command line chose, and what is left of it. */
    record Choice(Entry entry, List<String> arguments) {}

    private final List<Entry> entries;

    private CommandTable(List<Entry> entries) {
        this.entries = entries;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** All lines, in the order of the usage text. */
    public List<Entry> entries() {
        return entries;
    }

    /** Two words win over one: {@code update cache}, but {@code update foo} is {@code update} (spec vzpkg 4.1). */
    Optional<Choice> choose(List<String> words) {
        if (words.size() > 1) {
            Optional<Entry> two = find(words.get(0) + " " + words.get(1));
            if (two.isPresent()) {
                return Optional.of(new Choice(two.get(), words.subList(2, words.size())));
            }
        }
        return find(words.getFirst()).map(one -> new Choice(one, words.subList(1, words.size())));
    }

    Optional<Entry> find(String name) {
        for (Entry entry : entries) {
            if (entry.name().equals(name)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Collects the lines in the order of the usage text. */
    public static final class Builder {
        private final List<Entry> entries = new ArrayList<>();

        private Builder() {}

        public Builder add(String name, String summary, Function<Stencil, Command> factory) {
            entries.add(new Entry(name, summary, false, factory));
            return this;
        }

        /** A command that is accepted but not advertised. */
        public Builder hidden(String name, Function<Stencil, Command> factory) {
            entries.add(new Entry(name, "", true, factory));
            return this;
        }

        public CommandTable build() {
            return new CommandTable(List.copyOf(entries));
        }
    }
}
