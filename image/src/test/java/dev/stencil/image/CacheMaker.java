package dev.stencil.image;

import dev.stencil.host.Progress;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of its own that renews the tiny cache, to be killed by a test. Says on standard output where it is, a line for
 * each stage, and at last how it ended.
 */
final class CacheMaker {
    private CacheMaker() {}

    public static void main(String[] arguments) {
        var request = new UpdateCacheRequest(arguments[1], TinyWorld.ALWAYS_FRESH);
        try {
            CacheResult result = TinyWorld.caches(Path.of(arguments[0])).update(request, new Said());
            System.out.println("made " + result);
        } catch (RuntimeException e) {
            System.out.println("failed " + e.getMessage());
        }
    }

    /** Starts one over {@code root}. */
    static Process start(Path root) throws java.io.IOException {
        return start(root, TinyWorld.TINY);
    }

    /** As the other, for another template. */
    static Process start(Path root, String template) throws java.io.IOException {
        return new ProcessBuilder(command(root, template))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The command line that {@link #start} uses. */
    static List<String> command(Path root, String template) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CacheMaker.class.getName(),
                root.toString(),
                template);
    }

    private static final class Said implements Progress {
        @Override
        public void stage(String title) {
            System.out.println("stage " + title);
        }

        @Override
        public void note(String line) {
            System.out.println("note " + line);
        }

        @Override
        public Task task(String what, long total, Unit unit) {
            System.out.println("task " + what);
            return Progress.NONE.task(what, total, unit);
        }
    }
}
