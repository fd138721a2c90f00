package dev.stencil.cli;

import dev.stencil.image.layer.TomlTable;
import dev.stencil.linux.Program;
import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import dev.stencil.template.PackageManagerType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What the JVM is shown once after each build, so that its ahead-of-time caches hold what the commands do. There are several,
 * because all of a cache is mapped and linked at each start: {@code quick} for {@code vzpkg list}, {@code info} for {@code vzpkg
 * info}, {@code listing} for {@code vzlist}, {@code create} for {@code vzctl create}, {@code containers} for the tools of containers, {@code packages} for changes of what they have installed, and {@code full}, which has JSON, help and every class of ours besides.
 */
final class Training {
    private static final List<List<String>> LIST =
            List.of(List.of("vzpkg", "list"), List.of("vzpkg", "list", "-q", "-S"));

    private static final List<List<String>> INFO = List.of(
            List.of("vzpkg", "info", "-q", "debian-12-x86_64", "name"), List.of("vzpkg", "info", "debian-12-x86_64"));

    private static final List<List<String>> LISTING = List.of(List.of("vzlist", "-a"), List.of("vzlist"));

    private static final List<List<String>> CREATION = List.of(
            List.of("vzctl", "create", "101", "--ostemplate", "debian-12-x86_64", "--hostname", "lesson"),
            List.of("vzctl", "create", "102", "--config", "lesson"));

    private static final List<List<String>> CONTAINERS = List.of(
            List.of("vzctl", "status", "101"),
            List.of("vzlist", "-a"),
            List.of("vzlist", "-a", "-j"),
            List.of("prlctl", "list", "-a"),
            List.of("vzctl", "start", "101", "--wait"), // fails: its init is none
            List.of("vzctl", "exec", "101", "true"),
            List.of("vzctl", "stop", "101"),
            List.of("vzctl", "destroy", "101"),
            List.of("vzctl", "destroy", "102"));

    /** Questions about packages of a container of the deb and of one of the rpm family. */
    private static final List<List<String>> PACKAGES = List.of(
            List.of("vzpkg", "list", "-p", "101"),
            List.of("vzpkg", "status", "101"),
            List.of("vzpkg", "generations", "101"),
            List.of("vzctl", "create", "103", "--ostemplate", "lesson-9-x86_64"),
            List.of("vzpkg", "list", "-p", "103"),
            List.of("vzpkg", "status", "103"),
            List.of("vzctl", "destroy", "103"));

    /**
     * Changes of what is installed in containers that run, 104 of the rpm and 105 of the deb family: the first of each does
     * everything, the next reads the records of it.
     */
    private static final List<List<String>> CHANGES = List.of(
            List.of("vzpkg", "install", "-p", "104", "lesson"),
            List.of("vzpkg", "update", "104"),
            List.of("vzpkg", "install", "-p", "105", "lesson-two"),
            List.of("vzpkg", "update", "105"));

    private static final List<List<String>> MORE = List.of(
            List.of("vzpkg", "list", "--json"),
            List.of("vzpkg", "info", "debian-12-x86_64"),
            List.of("vzpkg", "info", "--json", "debian-12-x86_64"),
            List.of("vzpkg", "create", "cache", "--help"),
            List.of("vzpkg", "list", "--no-such-option"));

    private final Stencil stencil;
    private final MessageLog log;
    private final Output report;

    private Training(Stencil stencil, MessageLog log, Output report) {
        this.stencil = stencil;
        this.log = log;
        this.report = report;
    }

    /**
     * @param cache which one of them is made
     * @param report is told how each lesson ended, and what it said to people
     */
    static void run(String cache, Stencil stencil, MessageLog log, Output report) {
        var training = new Training(stencil, log, report);
        switch (cache) {
            case "quick" -> training.practise(LIST);
            case "info" -> training.practise(INFO);
            case "listing" -> training.practise(LISTING);
            case "create" -> training.practise(CREATION);
            case "containers" -> {
                training.practise(CREATION);
                training.practise(CONTAINERS);
                training.startAProgram();
            }
            case "packages" -> {
                training.practise(CHANGES);
                findAPackage();
            }
            default -> {
                training.practise(LIST);
                training.practise(MORE);
                training.practise(CREATION);
                training.practise(PACKAGES);
                training.practise(CONTAINERS);
                loadOurClasses();
                readARecord();
                training.startAProgram();
            }
        }
    }

    private void practise(List<List<String>> lessons) {
        for (List<String> lesson : lessons) {
            var said = new ByteArrayOutputStream();
            var out = new Output(new ByteArrayOutputStream(), said, Terminal.NONE, Interruption.none(), log);
            int code = new Dispatcher(Main.tool(lesson.getFirst()), stencil, out, Main.isRoot())
                    .run(lesson.subList(1, lesson.size()));
            report.line(code + " " + String.join(" ", lesson));
            report.line(said.toString(StandardCharsets.UTF_8).strip());
        }
    }

    private void startAProgram() {
        try {
            stencil.programs().run(Program.of("true"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As each command does that changes packages; in the guest of the rpm family none is installed. */
    private static void findAPackage() {
        var installed = new PackageName("lesson", "1-1", "noarch");
        if (PackageMatch.of(PackageManagerType.RPM)
                .first("lesson-1-1", List.of(installed))
                .isEmpty()) {
            throw new IllegalStateException("a package is not found by its name");
        }
    }

    /** As each command reads that changes a container's packages. */
    private static void readARecord() {
        TomlTable record = TomlTable.parse(
                "started = \"2026-01-01T00:00:00Z\"\napplications = [\"nginx\"]\n[settings]\nkey = \"value\"\n");
        if (!Instant.parse(record.string("started")).toString().equals(record.string("started"))
                || record.strings("applications").size() != record.keys().size() - 2) {
            throw new IllegalStateException("a record is not read as it was written");
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
