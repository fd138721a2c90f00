package dev.stencil.cli;

import dev.stencil.linux.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What the JVM is shown once after each build, so that its ahead-of-time cache holds every class of ours and what the
 * quick commands do: {@code list}, {@code info}, help, a wrong option, a program started.
 */
final class Training {
    private static final List<List<String>> LESSONS = List.of(
            List.of("vzpkg", "list"),
            List.of("vzpkg", "list", "--json"),
            List.of("vzpkg", "list", "-q", "-S"),
            List.of("vzpkg", "info", "debian-12-x86_64"),
            List.of("vzpkg", "info", "--json", "debian-12-x86_64"),
            List.of("vzpkg", "create", "cache", "--help"),
            List.of("vzpkg", "list", "--no-such-option"),
            List.of("vzpkg", "help"),
            List.of("vzctl", "status", "101"),
            List.of("vzlist", "-a"),
            List.of("vzlist", "-a", "-j"),
            List.of("prlctl", "list", "-a"));

    private Training() {}

    static void run(Stencil stencil) {
        loadOurClasses();
        for (List<String> lesson : LESSONS) {
            var out = new Output(
                    new ByteArrayOutputStream(),
                    new ByteArrayOutputStream(),
                    Terminal.NONE,
                    Interruption.none(),
                    MessageLog.NONE);
            new Dispatcher(Main.tool(lesson.getFirst()), stencil, out, true).run(lesson.subList(1, lesson.size()));
        }
        try {
            stencil.programs().run(Program.of("true"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads, without initializing, all classes of this project: the long commands start faster too. */
    private static void loadOurClasses() {
        for (String entry : System.getProperty("java.class.path").split(":")) {
            if (Path.of(entry).getFileName().toString().startsWith("stencil-") && !entry.contains("cli-library")) {
                loadAll(entry);
            }
        }
    }

    private static void loadAll(String jar) {
        try (var file = new JarFile(jar)) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.endsWith("package-info.class")) {
                    load(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, Training.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is in our own jar and cannot be loaded", e);
        }
    }
}
