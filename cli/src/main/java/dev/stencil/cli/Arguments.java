package dev.stencil.cli;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** A parsed command line, by the names that {@link Syntax} declared. */
public final class Arguments {
    private final Optional<ParseResult> parsed;
    private final Map<String, String> globals;

    private Arguments(Optional<ParseResult> parsed, Map<String, String> globals) {
        this.parsed = parsed;
        this.globals = globals;
    }

    /** What a parser found behind the command word, and what stood before it. */
    static Arguments of(ParseResult parsed, Map<String, String> globals) {
        return new Arguments(Optional.of(parsed), globals);
    }

    /** Nothing behind the command word. */
    static Arguments none(Map<String, String> globals) {
        return new Arguments(Optional.empty(), globals);
    }

    /** Whether an option is there; {@code name} is any of its names. Options before the command word count as well. */
    public boolean flag(String name) {
        return globals.containsKey(name) || option(name).isPresent();
    }

    /** The value of an option, the last one when it is repeated. */
    public Optional<String> value(String name) {
        if (globals.containsKey(name)) {
            return Optional.of(globals.getOrDefault(name, ""));
        }
        return option(name).map(option -> option.stringValues().getLast());
    }

    private Optional<OptionSpec> option(String name) {
        return parsed.map(line -> line.matchedOption(name));
    }

    /** As {@link #value}; an empty value is refused with {@code BAD_VALUE}. */
    public Optional<String> nonEmptyValue(String name) {
        Optional<String> value = value(name);
        if (value.isPresent() && value.get().isEmpty()) {
            throw new StencilException(Fault.BAD_VALUE, "Option " + name + " needs a value that is not empty.");
        }
        return value;
    }

    /** A value of digits only; anything else is refused with {@code BAD_VALUE}. */
    public Optional<Long> number(String name) {
        Optional<String> value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String digits = value.get();
        boolean isNumber = !digits.isEmpty() && digits.length() < 18;
        for (int i = 0; i < digits.length(); i++) {
            isNumber &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!isNumber) {
            throw new StencilException(Fault.BAD_VALUE, "Option " + name + " needs a number, not \"" + digits + "\".");
        }
        return Optional.of(Long.parseLong(digits));
    }

    /** All values of an option that was declared with {@link Syntax#values}. */
    public List<String> values(String name) {
        return option(name).map(option -> List.copyOf(option.stringValues())).orElse(List.of());
    }

    /** Of several options that exclude each other the one that came last, by the name it was asked for. */
    public Optional<String> lastOf(String... names) {
        Optional<String> last = Optional.empty();
        for (OptionSpec option : parsed.map(ParseResult::matchedOptions).orElse(List.of())) {
            for (String name : names) {
                if (List.of(option.names()).contains(name)) {
                    last = Optional.of(name);
                }
            }
        }
        return last;
    }

    public List<String> operands() {
        List<String> all = new ArrayList<>();
        List<PositionalParamSpec> seen = new ArrayList<>();
        // Each is listed once for each of its values.
        for (PositionalParamSpec position :
                parsed.map(ParseResult::matchedPositionals).orElse(List.of())) {
            if (!seen.contains(position)) {
                seen.add(position);
                all.addAll(position.stringValues());
            }
        }
        return all;
    }

    /** Operand number {@code index}; the declared arity has made sure that it is there. */
    public String operand(int index) {
        return operands().get(index);
    }

    /** Operands with one leading dot dropped from each (spec vzpkg 4.1: {@code .debian-12-x86_64} is the old full form). */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (String operand : operands()) {
            names.add(withoutDot(operand));
        }
        return names;
    }

    /** {@code name} without one leading dot. */
    public static String withoutDot(String name) {
        return name.startsWith(".") ? name.substring(1) : name;
    }
}
