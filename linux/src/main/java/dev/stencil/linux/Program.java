package dev.stencil.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A program to run: argument vector, environment built from nothing, working directory, where its streams go.
 * Immutable; each method returns a changed copy. Never a shell string.
 */
public record Program(
        List<String> argv,
        Map<String, String> environment,
        Optional<Path> directory,
        Optional<Limit> limit,
        Input input,
        Output output,
        Output errors) {

    /**
     * How long it may run.
     *
     * @param isSinceLastLine whether each line that it says gives it that time anew
     */
    public record Limit(Duration longest, boolean isSinceLastLine) {}

    /** Where standard input comes from. */
    public sealed interface Input {
        /** {@code /dev/null}. */
        record Empty() implements Input {}

        /** The caller's own. */
        record Inherited() implements Input {}

        record Bytes(byte[] content) implements Input {}

        /** Known only when the program runs already, which waits for it as the one who runs it does. */
        record Later(java.util.function.Supplier<byte[]> content) implements Input {}

        record File(Path path) implements Input {}
    }

    /** Where standard output or error goes. */
    public sealed interface Output {
        /** Kept and returned in {@link Finished}; of standard error only the end. */
        record Captured() implements Output {}

        /** The caller's own. */
        record Inherited() implements Output {}

        record Discarded() implements Output {}

        /** Each line as it comes, without its end; the end of it is kept for error messages as well. */
        record Lines(java.util.function.Consumer<String> listener) implements Output {}

        record File(Path path) implements Output {}
    }

    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public Program {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a program needs a name");
        }
    }

    /** {@code name} is looked up in a fixed PATH; the environment holds PATH and LC_ALL=C.UTF-8 only. */
    public static Program of(String name, String... arguments) {
        List<String> argv = new ArrayList<>();
        argv.add(name);
        argv.addAll(List.of(arguments));
        return new Program(
                argv,
                Map.of("PATH", DEFAULT_PATH, "LC_ALL", "C.UTF-8"),
                Optional.empty(),
                Optional.empty(),
                new Input.Empty(),
                new Output.Captured(),
                new Output.Captured());
    }

    public Program args(List<String> more) {
        List<String> all = new ArrayList<>(argv);
        all.addAll(more);
        return new Program(all, environment, directory, limit, input, output, errors);
    }

    public Program args(String... more) {
        return args(List.of(more));
    }

    public Program env(String name, String value) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put(name, value);
        return new Program(argv, all, directory, limit, input, output, errors);
    }

    public Program env(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(more);
        return new Program(argv, all, directory, limit, input, output, errors);
    }

    public Program in(Path newDirectory) {
        return new Program(argv, environment, Optional.of(newDirectory), limit, input, output, errors);
    }

    /** Killed, with all it started, when it runs longer. */
    public Program timeout(Duration longest) {
        return limited(Optional.of(new Limit(longest, false)));
    }

    /** Killed, with all it started, when it says nothing for longer, on streams that are read by lines. */
    public Program silence(Duration longest) {
        return limited(Optional.of(new Limit(longest, true)));
    }

    /** Killed when {@code other} would be. */
    public Program limitedAs(Program other) {
        return limited(other.limit);
    }

    private Program limited(Optional<Limit> newLimit) {
        return new Program(argv, environment, directory, newLimit, input, output, errors);
    }

    public Program input(Input newInput) {
        return new Program(argv, environment, directory, limit, newInput, output, errors);
    }

    public Program output(Output newOutput) {
        return new Program(argv, environment, directory, limit, input, newOutput, errors);
    }

    public Program errors(Output newErrors) {
        return new Program(argv, environment, directory, limit, input, output, newErrors);
    }

    /** All three streams are the caller's. */
    public Program interactive() {
        return input(new Input.Inherited()).output(new Output.Inherited()).errors(new Output.Inherited());
    }

    public String name() {
        return argv.getFirst();
    }

    /** The command line as a POSIX shell would accept it when pasted. */
    public String shown() {
        var text = new StringBuilder();
        for (String argument : argv) {
            text.append(text.isEmpty() ? "" : " ").append(quoted(argument));
        }
        return text.toString();
    }

    /**
     * All of it as a POSIX shell would accept it when pasted: working directory, variables beside PATH and LC_ALL, argument
     * vector. Values of variables that are named like secrets are hidden.
     */
    public String pasted() {
        var text = new StringBuilder();
        directory.ifPresent(
                place -> text.append("cd ").append(quoted(place.toString())).append(" && "));
        new TreeMap<>(environment).forEach((name, value) -> {
            boolean usual = (name.equals("PATH") && value.equals(DEFAULT_PATH)) || name.equals("LC_ALL");
            if (!usual) {
                text.append(name)
                        .append('=')
                        .append(isSecret(name) ? "***" : quoted(value))
                        .append(' ');
            }
        });
        return text.append(shown()).toString();
    }

    private static boolean isSecret(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        return name.contains("PASSWORD")
                || name.contains("PASSPHRASE")
                || name.contains("TOKEN")
                || name.contains("SECRET");
    }

    private static String quoted(String argument) {
        if (!argument.isEmpty() && argument.chars().allMatch(Program::isPlain)) {
            return argument;
        }
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "@%_+=:,./-".indexOf(c) >= 0;
    }
}
