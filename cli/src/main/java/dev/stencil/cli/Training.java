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
 * What the JVM is shown once after each build, so that its ahead-of-time caches hold what the commands do. There are two,
 * because all of a cache is mapped and linked at each start: one for {@code vzpkg list} alone, and one that
 * has JSON, help and every class of ours besides.
 */
final class Training {
    private static final List<List<String>> QUICK =
            List.of(List.of("vzpkg", "list"), List.of("vzpkg", "list", "-q", "-S"));

    private static final List<List<String>> MORE = List.of(
            List.of("vzpkg", "list", "--json"),
            List.of("vzpkg", "info", "debian-12-x86_64"),
            List.of("vzpkg", "info", "--json", "debian-12-x86_64"),
            List.of("vzpkg", "create", "cache", "--help"),
            List.of("vzpkg", "list", "--no-such-option"),
            List.of("vzctl", "status", "101"),
            List.of("vzlist", "-a"),
            List.of("vzlist", "-a", "-j"),
            List.of("prlctl", "list", "-a"),
            List.of("vzctl", "create", "101", "--ostemplate", "debian-12-x86_64", "--hostname", "lesson"),
            List.of("vzctl", "start", "101", "--wait"), // fails: its init is none
            List.of("vzctl", "exec", "101", "true"),
            List.of("vzctl", "stop", "101"),
            List.of("vzctl", "destroy", "101"));

    private Training() {}

    /** With {@code full} for the commands that do long work: all classes of ours, and what starting a program needs. */
    static void run(Stencil stencil, boolean full) {
        QUICK.forEach(lesson -> practise(lesson, stencil));
        if (full) {
            MORE.forEach(lesson -> practise(lesson, stencil));
            loadOurClasses();
            startAProgram(stencil);
        }
    }

    private static void practise(List<String> lesson, Stencil stencil) {
        var out = new Output(
                new ByteArrayOutputStream(),
                new ByteArrayOutputStream(),
                Terminal.NONE,
                Interruption.none(),
                MessageLog.NONE);
        new Dispatcher(Main.tool(lesson.getFirst()), stencil, out, true).run(lesson.subList(1, lesson.size()));
    }

    private static void startAProgram(Stencil stencil) {
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
