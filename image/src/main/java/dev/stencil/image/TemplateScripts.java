package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.packages.Target;
import dev.stencil.template.Script;
import dev.stencil.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs scripts of templates, those of the host and those of the inside, as spec vzpkg 2.6 says. What they print goes to the
 * user; the last of it is in the message when they fail, which is {@code SCRIPT_FAILED}.
 */
public final class TemplateScripts {
    private static final String SHELL = "bash";

    private final ProgramRunner host;
    private final Map<String, String> environment;
    private final Map<String, String> variables;

    /** {@code environment} is our own, which scripts of the host inherit. */
    public TemplateScripts(ProgramRunner host, Map<String, String> environment) {
        this(host, environment, Map.of());
    }

    private TemplateScripts(ProgramRunner host, Map<String, String> environment, Map<String, String> variables) {
        this.host = host;
        this.environment = Map.copyOf(environment);
        this.variables = Map.copyOf(variables);
    }

    /** The same, with a variable that scripts on the host and inside get to see. */
    TemplateScripts withVariable(String name, String value) {
        return new TemplateScripts(host, environment, Map.of(name, value));
    }

    /**
     * Runs {@code script} of {@code template} on the host, if it has one, with the root and {@code container} as arguments.
     * Answers whether it has.
     */
    public boolean runOnHost(Template template, Script script, Path root, String container, Progress progress) {
        Optional<Path> file = template.script(script);
        if (file.isEmpty()) {
            return false;
        }
        progress.stage("Running the script " + script.fileName());
        try {
            Program program = command(file.get())
                    .args(root.toString(), container)
                    .env(environment)
                    .env(variables);
            require(host.run(shown(program, progress)), file.get());
            return true;
        } catch (IOException e) {
            throw failed(file.get(), e);
        }
    }

    /**
     * Runs {@code script} of {@code template} in {@code root}, if it has one, by the bash that is in there. It is copied
     * in for the time of its run, as {@code /vzttXXXXXX/script}. Here the letters are always the same, for scripts that write
     * down their name.
     */
    public boolean runInside(Template template, Script script, Path root, ProgramRunner inside, Progress progress) {
        return runInside(template, script, new Sandboxed(root, inside), "making", progress);
    }

    /** As the other; in a root in use, where ids may be shifted, and nobody is to foresee the letters. */
    public boolean runInside(Template template, Script script, Target target, Progress progress) {
        return runInside(template, script, target, randomLetters(), progress);
    }

    private boolean runInside(Template template, Script script, Target target, String letters, Progress progress) {
        Optional<Path> file = template.script(script);
        if (file.isEmpty()) {
            return false;
        }
        progress.stage("Running the script " + script.fileName());
        Owner owner = Owner.ROOT.shiftedBy(target.idShift());
        try (Root tree = Root.open(target.root())) {
            requireShell(tree, file.get());
            String directory = "vztt" + letters;
            try {
                tree.makeDirectory(directory, Mode.SECRET_DIRECTORY, owner);
                String name = directory + "/script";
                tree.write(name, Files.readAllBytes(file.get()), Mode.SECRET_DIRECTORY, owner);
                // A root may lack every other locale; the original runs all of its children so (spec vzpkg 4.1).
                Program program =
                        Program.of(SHELL, "/" + name).env("LC_ALL", "C").env(variables);
                require(target.run(shown(program, progress)), file.get());
                return true;
            } finally {
                tree.deleteTree(directory);
            }
        } catch (IOException e) {
            throw failed(file.get(), e);
        }
    }

    /** A root that is only being made. */
    private record Sandboxed(Path root, ProgramRunner inside) implements Target {
        @Override
        public int idShift() {
            return 0;
        }

        @Override
        public Finished run(Program program) throws IOException {
            return inside.run(program);
        }
    }

    /** A script without {@code #!} line is for {@code sh}, as when a shell is asked to run it. */
    private static Program command(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] start = content.readNBytes(4);
            boolean hasInterpreter = start.length >= 2 && start[0] == '#' && start[1] == '!';
            boolean isProgram = start.length == 4 && start[0] == 0x7f && start[1] == 'E';
            return hasInterpreter || isProgram ? Program.of(file.toString()) : Program.of("/bin/sh", file.toString());
        }
    }

    private static Program shown(Program program, Progress progress) {
        var lines = new Program.Output.Lines(progress::note);
        return program.output(lines).errors(lines);
    }

    private static void require(Finished finished, Path file) {
        if (!finished.isSuccess()) {
            String how = finished.killed()
                    ? "was killed by signal " + (finished.status() - 128)
                    : "ended with status " + finished.status();
            String words = finished.stderrEnd().strip();
            throw new StencilException(
                    Fault.SCRIPT_FAILED,
                    "The script " + file + " " + how + (words.isEmpty() ? "." : ": " + words)
                            + " Correct it and try again.");
        }
    }

    private static void requireShell(Root tree, Path file) throws IOException {
        if (!tree.exists("bin/" + SHELL) && !tree.exists("usr/bin/" + SHELL)) {
            throw new StencilException(
                    Fault.SCRIPT_FAILED,
                    "The script " + file + " runs inside by " + SHELL + ", which is not there. Add the package " + SHELL
                            + " to the template.");
        }
    }

    private static StencilException failed(Path file, IOException e) {
        return new StencilException(Fault.SCRIPT_FAILED, "The script " + file + " did not run: " + e.getMessage(), e);
    }

    private static String randomLetters() {
        String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            text.append(letters.charAt(ThreadLocalRandom.current().nextInt(letters.length())));
        }
        return text.toString();
    }
}
