package dev.stencil.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of this host, as child processes of ours. */
public final class HostPrograms implements ProgramRunner {
    private static final int KEPT_BYTES = 16 * 1024;

    /** Whether a program of that name is in the fixed search path; its absolute path when it is. */
    public static Optional<Path> find(String name) {
        for (String directory :
                List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")) {
            Path candidate = Path.of(directory, name);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    @Override
    public Finished run(Program program) throws IOException {
        long begin = System.nanoTime();
        Process process = start(program);
        var out = new Collector(program.output());
        var err = new Collector(program.errors());
        try {
            Thread outReader = Thread.ofVirtual().start(() -> out.drain(process.getInputStream()));
            Thread errReader = Thread.ofVirtual().start(() -> err.drain(process.getErrorStream()));
            feed(process, program.input());
            await(process, program, List.of(out, err));
            outReader.join();
            errReader.join();
        } catch (InterruptedException e) {
            killTree(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program.name() + " was running", e);
        }
        int status = process.exitValue();
        String words = err.end().isBlank() && program.output() instanceof Program.Output.Lines ? out.end() : err.end();
        // The JDK reports a signal as 128 + its number, as shells do.
        return new Finished(
                program,
                status,
                status > 128 && status < 193,
                out.all(),
                words,
                Duration.ofNanos(System.nanoTime() - begin));
    }

    @Override
    public Process start(Program program) throws IOException {
        var builder = new ProcessBuilder(program.argv());
        builder.environment().clear();
        builder.environment().putAll(program.environment());
        program.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        builder.redirectInput(redirectIn(program.input()));
        builder.redirectOutput(redirectOut(program.output()));
        builder.redirectError(redirectOut(program.errors()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException("cannot run " + program.name() + ": " + e.getMessage(), e);
        }
    }

    private static ProcessBuilder.Redirect redirectIn(Program.Input input) {
        return switch (input) {
            case Program.Input.Empty() ->
                ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile());
            case Program.Input.Inherited() -> ProcessBuilder.Redirect.INHERIT;
            case Program.Input.Bytes ignored -> ProcessBuilder.Redirect.PIPE;
            case Program.Input.Later ignored -> ProcessBuilder.Redirect.PIPE;
            case Program.Input.File(var path) -> ProcessBuilder.Redirect.from(path.toFile());
        };
    }

    private static ProcessBuilder.Redirect redirectOut(Program.Output output) {
        return switch (output) {
            case Program.Output.Captured() -> ProcessBuilder.Redirect.PIPE;
            case Program.Output.Inherited() -> ProcessBuilder.Redirect.INHERIT;
            case Program.Output.Discarded() -> ProcessBuilder.Redirect.DISCARD;
            case Program.Output.Lines ignored -> ProcessBuilder.Redirect.PIPE;
            case Program.Output.File(var path) -> ProcessBuilder.Redirect.to(path.toFile());
        };
    }

    private static void feed(Process process, Program.Input input) {
        switch (input) {
            case Program.Input.Bytes(var content) -> feed(process, content);
            case Program.Input.Later(var content) -> feed(process, content.get());
            case Program.Input.Empty ignored -> {}
            case Program.Input.Inherited ignored -> {}
            case Program.Input.File ignored -> {}
        }
    }

    private static void feed(Process process, byte[] content) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(content);
        } catch (IOException programDidNotWantAllOfIt) {
            // EPIPE: its exit status tells whether that was an error.
        }
    }

    private static void await(Process process, Program program, List<Collector> streams)
            throws InterruptedException, IOException {
        if (program.limit().isEmpty()) {
            process.waitFor();
            return;
        }
        Program.Limit limit = program.limit().get();
        long begin = System.nanoTime();
        long left = limit.longest().toNanos();
        while (!process.waitFor(left, TimeUnit.NANOSECONDS)) {
            long last = begin;
            for (Collector stream : streams) {
                last = limit.isSinceLastLine() ? Math.max(last, stream.heard) : last;
            }
            left = limit.longest().toNanos() - (System.nanoTime() - last);
            if (left <= 0) {
                killTree(process);
                throw new TimeLimitException(program, limit);
            }
        }
    }

    private static void killTree(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Reads one stream to its end, keeping what the caller asked for. */
    private static final class Collector {
        private final Program.Output kind;
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private final Deque<String> lastLines = new ArrayDeque<>();
        private int lastBytes;
        /** When the last line came, by {@link System#nanoTime}. */
        private volatile long heard = System.nanoTime();

        Collector(Program.Output kind) {
            this.kind = kind;
        }

        void drain(InputStream stream) {
            try (stream) {
                switch (kind) {
                    case Program.Output.Captured() -> stream.transferTo(all);
                    case Program.Output.Lines(var listener) -> lines(stream, listener);
                    case Program.Output.Inherited ignored -> {}
                    case Program.Output.Discarded ignored -> {}
                    case Program.Output.File ignored -> {}
                }
            } catch (IOException pipeBroken) {
                // The program was killed; its exit status says so.
            }
        }

        private void lines(InputStream stream, java.util.function.Consumer<String> listener) throws IOException {
            var reader = new java.io.BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                heard = System.nanoTime();
                remember(line);
                listener.accept(line);
            }
        }

        private void remember(String line) {
            lastLines.add(line);
            lastBytes += line.length();
            while (lastBytes > KEPT_BYTES) {
                lastBytes -= lastLines.remove().length();
            }
        }

        byte[] all() {
            return all.toByteArray();
        }

        String end() {
            if (kind instanceof Program.Output.Lines) {
                return String.join("\n", lastLines);
            }
            String text = all.toString(StandardCharsets.UTF_8);
            return text.length() <= KEPT_BYTES ? text : text.substring(text.length() - KEPT_BYTES);
        }
    }
}
