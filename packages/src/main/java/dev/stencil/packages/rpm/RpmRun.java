package dev.stencil.packages.rpm;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.util.Map;

/** One transaction of rpm, wherever it runs: its failures found, its progress told. */
final class RpmRun {
    private static final Map<String, String> UNATTENDED = Map.of(
            "HOME", "/root",
            "TERM", "dumb",
            // Tools of systemd then know that they are not at home.
            "SYSTEMD_OFFLINE", "1");

    private final Runner runner;
    private final Map<String, String> environment;

    /** Where the program is run. */
    @FunctionalInterface
    interface Runner {
        Finished run(Program program) throws IOException;
    }

    private RpmRun(Runner runner, Map<String, String> environment) {
        this.runner = runner;
        this.environment = environment;
    }

    /** In a root that nobody uses: services cannot be reached, and are not tried. */
    static RpmRun unattended(ProgramRunner runner, Map<String, String> environment) {
        return new RpmRun(program -> runner.run(program.env(UNATTENDED).env(environment)), environment);
    }

    /** In a root in use, whose init scriptlets may talk to. */
    static RpmRun inUse(Runner runner, Map<String, String> environment) {
        return new RpmRun(
                program -> runner.run(
                        program.env("HOME", "/root").env("TERM", "dumb").env(environment)),
                environment);
    }

    /** Runs {@code rpm}; {@code what} says in a message what could not be done. */
    void require(Program rpm, String what, Progress.Task task) throws IOException {
        var words = new ScriptletWords();
        Finished done = runner.run(rpm.output(new Program.Output.Lines(line -> {
                    words.hear(line);
                    task.advance(1);
                }))
                .errors(new Program.Output.Lines(line -> {
                    if (!DnfWords.isChatter(line)) {
                        words.hear(line);
                    }
                })));
        if (!done.isSuccess() || words.hasFailure()) {
            String said = words.text();
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    "rpm could not " + what + ": " + (said.isEmpty() ? "it ended with status " + done.status() : said));
        }
    }

    /** The template's own variables. */
    Map<String, String> environment() {
        return environment;
    }
}
