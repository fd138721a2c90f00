package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

class DispatcherTest {
    @TempDir
    Path root;

    @Test
    void twoWordsWinOverOne() {
        assertThat(run(printing("two"), "update", "cache", "x").data()).isEqualTo("two cache [x]\n");
        assertThat(run(printing("two"), "update", "foo").data()).isEqualTo("one [foo]\n");
    }

    @Test
    void firstWordOfTwoAloneIsUnknown() {
        var result = run(printing("two"), "create");

        assertThat(result.code()).isEqualTo(35);
        assertThat(result.messages()).contains("Unknown command \"create\"").contains("Usage: test");
    }

    @Test
    void nearCommandsAndOptionsAreNamed() {
        assertThat(run(printing("two"), "udpate").messages()).contains("Did you mean update?");
        assertThat(run(printing("two"), "update", "cahce").data())
                .as("an operand of update")
                .contains("cahce");
        assertThat(run(showing(), "show", "--froce").messages()).contains("Did you mean --force");
        assertThat(run(showing(), "show", "--xyzzy").messages()).doesNotContain("Did you mean");
    }

    @Test
    void noArgumentsShowTheUsageOnStandardError() {
        var result = run(printing("two"));

        assertThat(result.code()).isEqualTo(35);
        assertThat(result.data()).isEmpty();
        assertThat(result.messages()).startsWith("Usage: test");
    }

    @Test
    void optionsMayStandBetweenOperands() {
        assertThat(run(showing(), "show", "a", "-f", "b", "--size", "3", "c").data())
                .isEqualTo("force=true size=3 [a, b, c]\n");
    }

    @Test
    void twoDashesEndTheOptions() {
        assertThat(run(showing(), "show", "a", "--", "-f").data()).isEqualTo("force=false size= [a, -f]\n");
    }

    @Test
    void shortOptionsMayBeJoinedAndCarryTheirValue() {
        assertThat(run(showing(), "show", "-vf").data()).isEqualTo("force=true size= []\n");
        assertThat(run(showing(), "show", "-s7").data()).isEqualTo("force=false size=7 []\n");
    }

    @Test
    void longOptionsMayBeShortened() {
        assertThat(run(showing(), "show", "--si=4").data()).isEqualTo("force=false size=4 []\n");
    }

    @Test
    void ambiguousShortFormIsRefused() {
        assertThat(run(showing(), "show", "--for").code()).isEqualTo(35);
    }

    @Test
    void exactNameWinsOverLongerOnes() {
        assertThat(run(showing(), "show", "--force").data()).isEqualTo("force=true size= []\n");
    }

    @Test
    void lastOfRepeatedOptionsCounts() {
        assertThat(run(showing(), "show", "--size=1", "--size=2").data()).isEqualTo("force=false size=2 []\n");
    }

    @Test
    void valueMayLookLikeAnOption() {
        assertThat(run(showing(), "show", "--size", "-f").data()).isEqualTo("force=false size=-f []\n");
    }

    @Test
    void wordsThatBeginWithAnAtSignAreNotFiles() {
        assertThat(run(showing(), "show", "@/etc/passwd").data()).isEqualTo("force=false size= [@/etc/passwd]\n");
    }

    @Test
    void wrongOptionIsNamedAndExplained() {
        var result = run(showing(), "show", "--bogus");

        assertThat(result.code()).isEqualTo(35);
        assertThat(result.messages())
                .startsWith("Error: Unknown option: '--bogus'")
                .contains("Usage: test show");
    }

    @Test
    void missingValueIsRefused() {
        var result = run(showing(), "show", "--size");

        assertThat(result.code()).isEqualTo(35);
        assertThat(result.messages()).contains("--size");
    }

    @Test
    void faultBecomesMessageAndExitCode() {
        var result = run(failing(new StencilException(Fault.TEMPLATE_UNKNOWN, "No template x.")), "show");

        assertThat(result.code()).isEqualTo(24);
        assertThat(result.messages()).isEqualTo("Error: No template x.\n");
        assertThat(result.log()).containsExactly("Error: No template x.");
    }

    @Test
    void usageFaultOfACommandComesWithItsUsage() {
        var result = run(failing(new StencilException(Fault.USAGE, "Name a template.")), "show");

        assertThat(result.code()).isEqualTo(35);
        assertThat(result.messages()).contains("Error: Name a template.").contains("Usage: test show");
    }

    @Test
    void unknownExceptionIsABugWithStackTrace() {
        var result = run(failing(new IllegalStateException("oops")), "show");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.messages()).contains("oops").contains("Please report").contains("at dev.stencil.cli");
    }

    @Test
    void othersThanRootAreRefusedWithTen() {
        var result = new ToolRun(root).run(new TestTool(showing()), false, "test", "show");

        assertThat(result.code()).isEqualTo(10);
        assertThat(result.messages()).contains("root");
    }

    @Test
    void helpIsForEveryone() {
        var result = new ToolRun(root).run(new TestTool(showing()), false, "test", "show", "--help");

        assertThat(result.code()).isZero();
        assertThat(result.data()).startsWith("Usage: test show");
    }

    @Test
    void globalOptionsStandBeforeTheCommand() {
        assertThat(run(showing(), "--skiplock", "--limit", "5", "show").data())
                .isEqualTo("force=false size= [] skiplock limit=5\n");
    }

    private ToolRun.Result run(BiFunction<String, Stencil, Command> commands, String... words) {
        var all = new String[words.length + 1];
        all[0] = "test";
        System.arraycopy(words, 0, all, 1, words.length);
        return new ToolRun(root).run(new TestTool(commands), true, all);
    }

    /** Prints which command it is and its operands. */
    private static BiFunction<String, Stencil, Command> printing(String ignored) {
        return (name, stencil) -> new TestCommand(
                (arguments, out) -> out.line((name.equals("update") ? "one " : "two cache ") + arguments.operands()));
    }

    private static BiFunction<String, Stencil, Command> showing() {
        return (name, stencil) -> new TestCommand((arguments, out) -> out.line("force=" + arguments.flag("--force")
                + " size=" + arguments.value("--size").orElse("") + " " + arguments.operands()
                + (arguments.flag("--skiplock") ? " skiplock" : "")
                + arguments.value("--limit").map(limit -> " limit=" + limit).orElse("")));
    }

    private static BiFunction<String, Stencil, Command> failing(RuntimeException failure) {
        return (name, stencil) -> new TestCommand((arguments, out) -> {
            throw failure;
        });
    }

    private interface Body {
        void run(Arguments arguments, Output out);
    }

    private record TestCommand(Body body) implements Command {
        @Override
        public CommandSpec spec() {
            return Syntax.command(
                    "Test.",
                    Syntax.flag("-f --force", "Force."),
                    Syntax.flag("--force-more", "More."),
                    Syntax.flag("-v --verbose", "Verbose."),
                    Syntax.value("-s --size", "N", "Size."),
                    Syntax.operands("X", "0..*", "Operands."));
        }

        @Override
        public int run(Arguments arguments, Output out) {
            body.run(arguments, out);
            return 0;
        }
    }

    private record TestTool(BiFunction<String, Stencil, Command> commandsOf) implements Tool {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public String synopsis() {
            return "test COMMAND";
        }

        @Override
        public List<String> globalOptions() {
            return List.of("--skiplock", "--limit=");
        }

        @Override
        public CommandTable commands() {
            var table = CommandTable.builder();
            for (String name : List.of("show", "update", "update cache", "create cache")) {
                table.add(name, "Summary.", stencil -> commandsOf.apply(name, stencil));
            }
            return table.build();
        }

        @Override
        public int exitCode(Fault fault) {
            return fault.vzpkgCode();
        }
    }
}
