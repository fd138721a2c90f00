package dev.stencil.container.undo;

import dev.stencil.image.layer.TomlTable;
import dev.stencil.image.layer.TomlText;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One package operation on a container, as {@code operation.toml} keeps it. It leads to the generation of its number.
 *
 * @param number counts up from 1 in each container and is never used again
 * @param command what was asked for, as one would type it
 * @param snapshot what of the container before the operation is still there
 * @param before the application templates of {@code TEMPLATES} before it
 * @param settings values of the container's configuration before it, of keys that it may change; empty for one that was
 *     not set. Only a step to another release has any
 * @param lock id of the template lock that the container stood on before it
 * @param error what it failed with
 */
public record Operation(
        int number,
        String command,
        Times times,
        State state,
        Kept snapshot,
        List<String> before,
        Map<String, Optional<String>> settings,
        Optional<String> lock,
        Optional<String> error) {
    private static final int FORMAT = 1;
    /** No value of a configuration is empty. */
    private static final String UNSET = "";

    public Operation {
        before = List.copyOf(before);
        settings = Map.copyOf(settings);
    }

    /** How an operation stands. */
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        ROLLED_BACK;

        /** The word in files and listings. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What of the container is kept from before an operation. */
    public enum Kept {
        /** Nothing but the lists of packages. */
        NONE,
        /** What belongs to packages, by {@code PackageOwnership}. */
        PACKAGES,
        /** Everything. */
        FULL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When it began and, unless it was killed, ended. */
    public record Times(Instant started, Optional<Instant> ended) {}

    /** Whether its changes are in the container still. */
    public boolean isInForce() {
        return state != State.ROLLED_BACK;
    }

    /** Whether it led to another release of the distribution, so that nothing of the former one should go on running. */
    public boolean isReleaseUpgrade() {
        return !settings.isEmpty();
    }

    Operation with(State newState) {
        return new Operation(number, command, times, newState, snapshot, before, settings, lock, error);
    }

    Operation with(Kept newSnapshot) {
        return new Operation(number, command, times, state, newSnapshot, before, settings, lock, error);
    }

    Operation ended(State newState, Instant end, Optional<String> newError) {
        var newTimes = new Times(times.started(), Optional.of(end.truncatedTo(ChronoUnit.SECONDS)));
        return new Operation(number, command, newTimes, newState, snapshot, before, settings, lock, newError);
    }

    String text() {
        var toml = new TomlText();
        toml.number("format", FORMAT);
        toml.number("number", number);
        toml.string("command", command);
        toml.string("started", times.started().toString());
        times.ended().ifPresent(end -> toml.string("ended", end.toString()));
        toml.string("state", state.word());
        toml.string("snapshot", snapshot.word());
        toml.strings("applications", before);
        lock.ifPresent(id -> toml.string("lock", id));
        error.ifPresent(words -> toml.string("error", words));
        if (isReleaseUpgrade()) {
            toml.section("settings");
            new TreeMap<>(settings).forEach((key, value) -> toml.string(key, value.orElse(UNSET)));
        }
        return toml.text();
    }

    /** Understands what {@link #text} writes; {@code source} names the file in errors. */
    static Operation parse(String text, String source) throws IOException {
        try {
            TomlTable toml = TomlTable.parse(text);
            if (toml.number("format") != FORMAT) {
                throw new IOException(source + " has another format than " + FORMAT);
            }
            return new Operation(
                    Math.toIntExact(toml.number("number")),
                    toml.string("command"),
                    new Times(
                            Instant.parse(toml.string("started")),
                            toml.find("ended").map(Instant::parse)),
                    State.valueOf(constant(toml.string("state"))),
                    Kept.valueOf(constant(toml.string("snapshot"))),
                    toml.strings("applications"),
                    toml.table("settings").map(Operation::settings).orElse(Map.of()),
                    toml.find("lock"),
                    toml.find("error"));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new IOException(source + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Map<String, Optional<String>> settings(TomlTable table) {
        Map<String, Optional<String>> settings = new TreeMap<>();
        for (String key : table.keys()) {
            String value = table.string(key);
            settings.put(key, value.equals(UNSET) ? Optional.empty() : Optional.of(value));
        }
        return settings;
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
