package dev.stencil.cli;

import dev.stencil.cli.prlctl.Prlctl;
import dev.stencil.cli.vzctl.Vzctl;
import dev.stencil.cli.vzlist.Vzlist;
import dev.stencil.cli.vzpkg.Vzpkg;
import dev.stencil.cli.vzpkg.Vzpkgcache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the tool whose name the launcher passes in the property {@code stencil.name}, and ends the process. */
public final class Main {
    /** What {@code tools/build} puts before the name of the cache that it makes. */
    private static final String TRAINING = "train-";

    private Main() {}

    public static void main(String[] arguments) {
        Interruption interruption = Interruption.watch();
        String name = System.getProperty("stencil.name", "vzpkg");
        int code = run(name, List.of(arguments), System.getenv(), interruption);
        if (!interruption.finish()) {
            return; // a signal came: the process is ending with the signal's code, and waits for this thread only
        }
        if (name.startsWith(TRAINING)) {
            System.exit(code); // the JVM writes its cache on the way
        }
        Runtime.getRuntime().halt(code); // exit() would look up a logger; everything is written and closed
    }

    private static int run(
            String name, List<String> words, Map<String, String> environment, Interruption interruption) {
        var stencil = new Stencil(environment);
        Tool tool = tool(name);
        Path logFile = stencil.layout().logs().resolve(tool.name().startsWith("vzpkg") ? "vztt.log" : "vzctl.log");
        MessageLog log = MessageLog.to(logFile);
        try (var out = Output.ofProcess(environment, interruption, log)) {
            if (name.startsWith(TRAINING)) {
                Training.run(name.substring(TRAINING.length()), stencil, log, out);
                return 0;
            }
            return new Dispatcher(tool, stencil, out, isRoot()).run(words);
        }
    }

    /** The tool of that name; {@code vzpkg} for one that is not known. */
    static Tool tool(String name) {
        return switch (name) {
            case "vzctl" -> new Vzctl();
            case "prlctl" -> new Prlctl();
            case "vzlist" -> new Vzlist();
            case "vzpkgcache" -> new Vzpkgcache();
            default -> new Vzpkg();
        };
    }

    /** Without a system call of our own, which would cost 20 ms. */
    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
        } catch (IOException noProc) {
            return false;
        }
    }
}
