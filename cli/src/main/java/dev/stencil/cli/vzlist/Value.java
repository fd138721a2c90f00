package dev.stencil.cli.vzlist;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a field says of one container, in the form JSON wants it. */
public sealed interface Value {
    /** As a column shows it; {@code -} for what is not there. Each kind has its own: a type switch costs each start 10 ms. */
    String shown();

    record Absent() implements Value {
        @Override
        public String shown() {
            return "-";
        }
    }

    record Text(String text) implements Value {
        @Override
        public String shown() {
            return text;
        }
    }

    record Count(long number) implements Value {
        @Override
        public String shown() {
            return Long.toString(number);
        }
    }

    /** A list in JSON, one text in a column. */
    record Words(List<String> words) implements Value {
        @Override
        public String shown() {
            return words.isEmpty() ? "-" : String.join(" ", words);
        }
    }

    record Truth(boolean isTrue) implements Value {
        @Override
        public String shown() {
            return isTrue ? "yes" : "no";
        }
    }

    /** An object of numbers in JSON, the first of them in a column; absent numbers are null. */
    record Counters(List<Counter> counters) implements Value {
        @Override
        public String shown() {
            return counters.getFirst().value().shown();
        }
    }

    record Counter(String name, Value value) {}

    static Value absent() {
        return new Absent();
    }

    static Value text(Optional<String> text) {
        return text.isPresent() ? new Text(text.get()) : absent();
    }

    static Value number(Optional<Long> number) {
        return number.isPresent() ? new Count(number.get()) : absent();
    }

    /** Digits as a number, everything else as text. */
    static Value digits(Optional<String> text) {
        return text.map((Function<String, Value>) Value::digits).orElseGet(Value::absent);
    }

    private static Value digits(String text) {
        boolean number = !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? new Count(Long.parseLong(text)) : new Text(text);
    }
}
