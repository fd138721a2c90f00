package dev.stencil.packages.tools;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which tools a tree has, and whether they are new enough. */
final class ToolInventory {
    private static final List<String> PROGRAMS =
            List.of("usr/sbin", "usr/bin", "sbin", "bin", "usr/local/sbin", "usr/local/bin");

    /** Where Debian's, and other distributions' Python keeps what packages bring. */
    private static final List<String> MODULES = List.of("dist-packages", "site-packages");

    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    private final ToolsTree tree;
    private final ProgramRunner programs;

    /** @param programs runs those of {@code tree} */
    ToolInventory(ToolsTree tree, ProgramRunner programs) {
        this.tree = tree;
        this.programs = programs;
    }

    /** What is wrong with those of {@code tools} that cannot be used, in words; nothing when all can. */
    List<String> lacks(List<Tool> tools) {
        return tools.parallelStream() // each is asked by running it
                .flatMap(tool -> lack(tool).stream())
                .toList();
    }

    private Optional<String> lack(Tool tool) {
        Optional<String> version = version(tool);
        if (version.isEmpty()) {
            return Optional.of("no " + tool.shown());
        }
        return isOlder(version.get(), tool.oldest())
                ? Optional.of(tool.shown() + " " + version.get() + ", which is older than " + tool.oldest())
                : Optional.empty();
    }

    /** Both are numbers with dots between them. */
    private static boolean isOlder(String version, String other) {
        return ModuleDescriptor.Version.parse(version).compareTo(ModuleDescriptor.Version.parse(other)) < 0;
    }

    private Optional<String> version(Tool tool) {
        if (tool == Tool.DNF) {
            return hasProgram("python3") ? moduleVersion() : Optional.empty();
        }
        if (!hasProgram(tool.program())) {
            return Optional.empty();
        }
        return tool.isAnyVersionGood() ? Optional.of(tool.oldest()) : programVersion(tool.program());
    }

    private boolean hasProgram(String name) {
        return PROGRAMS.stream()
                .flatMap(folder -> tree.find(folder + "/" + name).stream())
                .anyMatch(Files::isExecutable);
    }

    private Optional<String> programVersion(String name) {
        try {
            Finished done = programs.run(Program.of(name, "--version").env("HOME", "/nonexistent"));
            return done.isSuccess() ? firstVersion(done.text()) : Optional.empty();
        } catch (IOException cannotRun) {
            return Optional.empty();
        }
    }

    private static Optional<String> firstVersion(String text) {
        Matcher matcher = VERSION.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** From the module's own {@code const.py}: starting Python for it would cost more than most questions to dnf. */
    private Optional<String> moduleVersion() {
        for (Path layer : tree.layers().reversed()) {
            try (DirectoryStream<Path> pythons = Files.newDirectoryStream(layer.resolve("usr/lib"), "python3*")) {
                for (Path python : pythons) {
                    Optional<String> version = moduleVersionBelow(python);
                    if (version.isPresent()) {
                        return version;
                    }
                }
            } catch (IOException noSuchFolder) {
                // Another layer may have it.
            }
        }
        return Optional.empty();
    }

    private static Optional<String> moduleVersionBelow(Path python) throws IOException {
        for (String modules : MODULES) {
            Path constants = python.resolve(modules).resolve("dnf/const.py");
            if (Files.isRegularFile(constants)) {
                for (String line : Files.readAllLines(constants)) {
                    if (line.startsWith("VERSION")) {
                        return firstVersion(line);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
