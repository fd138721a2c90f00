package dev.stencil.packages.rpm;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.TimeLimitException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One transaction of rpm, wherever it runs: its failures found, its progress told, its silence limited. */
final class RpmRun {
    private static final Map<String, String> UNATTENDED = Map.of(
            "HOME", "/root",
            "TERM", "dumb",
            // Tools of systemd then know that they are not at home.
            "SYSTEMD_OFFLINE", "1");

    private final Runner runner;
    private final Map<String, String> environment;
    private final Watch watch;

    /** Where the program is run. */
    @FunctionalInterface
    interface Runner {
        Finished run(Program program) throws IOException;
    }

    /**
     * What is done about a scriptlet that hangs.
     *
     * @param host where it is looked up which one it was
     * @param root the root that rpm works on, as this host sees it
     * @param longest how long rpm may say nothing; it says the name of each package that it begins with
     */
    record Watch(ProgramRunner host, Path root, Duration longest) {}

    private RpmRun(Runner runner, Map<String, String> environment, Watch watch) {
        this.runner = runner;
        this.environment = environment;
        this.watch = watch;
    }

    /** In a root that nobody uses: services cannot be reached, and are not tried. */
    static RpmRun unattended(ProgramRunner runner, Map<String, String> environment, Watch watch) {
        return new RpmRun(program -> runner.run(program.env(UNATTENDED).env(environment)), environment, watch);
    }

    /** In a root in use, whose init scriptlets may talk to. */
    static RpmRun inUse(Runner runner, Map<String, String> environment, Watch watch) {
        return new RpmRun(
                program -> runner.run(
                        program.env("HOME", "/root").env("TERM", "dumb").env(environment)),
                environment,
                watch);
    }

    /**
     * Runs {@code rpm}.
     *
     * @param what says in a message what could not be done
     * @param packages files of the packages that come
     */
    void require(Program rpm, String what, List<Path> packages, Progress.Task task) throws IOException {
        var words = new ScriptletWords();
        HungScriptlet hung = HungScriptlet.watch(watch.host(), watch.root());
        Finished done;
        try {
            done = runner.run(listening(rpm, words, task).silence(watch.longest()));
        } catch (TimeLimitException e) {
            throw hanging(what, hung.name(packages), words, e);
        }
        if (!done.isSuccess() || words.hasFailure()) {
            String said = words.text();
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    "rpm could not " + what + ": " + (said.isEmpty() ? "it ended with status " + done.status() : said));
        }
    }

    private static Program listening(Program rpm, ScriptletWords words, Progress.Task task) {
        return rpm.output(new Program.Output.Lines(line -> {
                    words.hear(line);
                    task.advance(1);
                }))
                .errors(new Program.Output.Lines(line -> {
                    if (!DnfWords.isChatter(line)) {
                        words.hear(line);
                    }
                }));
    }

    private StencilException hanging(
            String what, Optional<String> scriptlet, ScriptletWords words, TimeLimitException cause) {
        String who = scriptlet.map(name -> "the scriptlet " + name).orElse("it");
        String last = words.last().map(line -> "; its last words: " + line).orElse("");
        return new StencilException(
                Fault.PACKAGE_MANAGER,
                "rpm could not " + what + ": " + who + " said nothing for "
                        + watch.longest().toSeconds() + " s and was stopped" + last
                        + "\nIf it needs longer, set SCRIPT_TIMEOUT in vztt.conf to more seconds.",
                cause);
    }

    /** The template's own variables. */
    Map<String, String> environment() {
        return environment;
    }
}
