package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.vzpkg.Vzpkg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/conformance.md} says of every option which test covers it, and says the truth about that. */
class ConformanceTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern JAVA_TEST = Pattern.compile("([A-Z]\\w+(?:Test|IT))(?:#(\\w+)(?:\\[(.+)])?)?");

    /** Rows by section and first cell. */
    private static final Map<String, Map<String, Row>> TABLES = new LinkedHashMap<>();

    private static final Map<String, String> SOURCES = new TreeMap<>();

    private record Row(String tests, String difference) {}

    @BeforeAll
    static void readTables() throws IOException {
        String section = "";
        for (String line : Files.readAllLines(HOME.resolve("docs/conformance.md"))) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (line.startsWith("|") && !line.startsWith("|---") && !line.startsWith("| Option")) {
                String[] cells = line.substring(1).split("\\|", -1);
                TABLES.computeIfAbsent(section, _ -> new LinkedHashMap<>())
                        .put(cells[0].strip(), new Row(cells[1].strip(), cells[2].strip()));
            }
        }
        try (Stream<Path> files = Files.walk(HOME, 12)) {
            files.filter(file -> file.toString().contains("/src/test/java/")
                            && file.toString().endsWith(".java"))
                    .forEach(file -> SOURCES.put(file.getFileName().toString().replace(".java", ""), text(file)));
        }
    }

    @Test
    void everyCommandAndOptionHasARow() {
        List<String> missing = new ArrayList<>();
        var common = CommandSpec.create();
        new Vzpkg().addCommonOptions(common);
        common.options().forEach(option -> require("Every command", named(option), missing));
        var foreign = CommandSpec.create();
        new Vzpkg().addForeignOptions(foreign);
        foreign.options().forEach(option -> require("Accepted without effect", named(option), missing));
        for (CommandTable.Entry entry : new Vzpkg().commands().entries()) {
            String section = "vzpkg " + entry.name();
            require(section, "", missing);
            Command command = entry.factory().apply(new Stencil(Map.of("STENCIL_ROOT", "/nonexistent")));
            command.spec().options().forEach(option -> require(section, named(option), missing));
        }

        assertThat(missing).as("add rows to docs/conformance.md").isEmpty();
    }

    @Test
    void everyRowIsOfAnOptionThatIsThere() {
        List<String> surplus = new ArrayList<>();
        for (CommandTable.Entry entry : new Vzpkg().commands().entries()) {
            Command command = entry.factory().apply(new Stencil(Map.of("STENCIL_ROOT", "/nonexistent")));
            List<String> known = command.spec().options().stream()
                    .map(ConformanceTest::named)
                    .toList();
            for (String option :
                    TABLES.getOrDefault("vzpkg " + entry.name(), Map.of()).keySet()) {
                if (!option.isEmpty() && !known.contains(option)) {
                    surplus.add(entry.name() + " " + option);
                }
            }
        }

        assertThat(surplus).as("take them out of docs/conformance.md").isEmpty();
    }

    @Test
    void everyTestThatARowNamesExists_andARowWithoutOneSaysWhy() {
        List<String> wrong = new ArrayList<>();
        TABLES.forEach((section, rows) -> rows.forEach((option, row) -> {
            List<String> tests = CODE.matcher(row.tests())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            if (tests.isEmpty() && row.difference().isEmpty()) {
                wrong.add(section + " " + option + ": no test and no reason");
            }
            for (String test : tests) {
                if (!exists(test)) {
                    wrong.add(section + " " + option + ": " + test);
                }
            }
        }));

        assertThat(wrong).isEmpty();
    }

    private static boolean exists(String test) {
        int colon = test.indexOf(".t: ");
        if (colon > 0) {
            return text(HOME.resolve("tests/conformance/" + test.substring(0, colon) + ".t"))
                    .contains(test.substring(colon + 4));
        }
        Matcher java = JAVA_TEST.matcher(test);
        if (!java.matches() || !SOURCES.containsKey(java.group(1))) {
            return false;
        }
        String source = SOURCES.getOrDefault(java.group(1), "");
        return (java.group(2) == null || source.contains("void " + java.group(2) + "("))
                && (java.group(3) == null || source.contains(java.group(3)));
    }

    private static void require(String section, String option, List<String> missing) {
        if (!TABLES.getOrDefault(section, Map.of()).containsKey(option)) {
            missing.add("## " + section + ": " + (option.isEmpty() ? "the command itself" : option));
        }
    }

    /** As in the tables: all names, as declared. */
    private static String named(OptionSpec option) {
        return Stream.of(option.names()).collect(Collectors.joining(" ", "`", "`"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
