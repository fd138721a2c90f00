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
        return tools.stream().flatMap(tool -> lack(tool).stream()).toList();
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
        if (tool.isAnyVersionGood()) {
            return Optional.of(tool.oldest());
        }
        Optional<String> written = tool == Tool.RPM ? aliasesVersion() : Optional.empty();
        return written.or(() -> programVersion(tool.program()));
    }

    /** rpm's own aliases lie in a file that bears its version, so nobody has to wait for rpm to say it. */
    private Optional<String> aliasesVersion() {
        return written("usr/lib/rpm", "rpmpopt-*", file -> firstVersion(String.valueOf(file.getFileName())));
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
        return written("usr/lib", "python3*", ToolInventory::moduleVersionBelow);
    }

    /** What {@code reader} finds first in those that {@code pattern} names, in the uppermost layer that has any. */
    private Optional<String> written(String folder, String pattern, VersionReader reader) {
        for (Path layer : tree.layers().reversed()) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(layer.resolve(folder), pattern)) {
                for (Path path : found) {
                    Optional<String> version = reader.read(path);
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

    @FunctionalInterface
    private interface VersionReader {
        Optional<String> read(Path path) throws IOException;
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
