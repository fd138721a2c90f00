package dev.stencil.packages.rpm;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs {@code dnf.py}. Starting it takes as long as its answers do, so a run may be begun ahead: it waits for its question,
 * and ends by itself when none comes.
 */
final class DnfProgram {
    private final ProgramRunner host;
    private final Map<List<Object>, Waiting> begun = new ConcurrentHashMap<>();

    DnfProgram(ProgramRunner host) {
        this.host = host;
    }

    /** Starts {@code program}, whose question will follow. */
    void begin(Program program) {
        begun.computeIfAbsent(key(program), _ -> Waiting.start(host, program));
    }

    /** What two equal ones have in common; the hash of a record would have to be made first, while nothing runs yet. */
    private static List<Object> key(Program program) {
        return List.of(program.argv(), program.environment());
    }

    /** Gives {@code question} to a run of {@code program}, one that was begun if there is one, and waits for its end. */
    Finished run(Program program, byte[] question) throws IOException {
        Waiting waiting = begun.remove(key(program));
        return waiting == null
                ? host.run(program.input(new Program.Input.Bytes(question)))
                : waiting.finish(program, question);
    }

    private record Waiting(CompletableFuture<byte[]> question, FutureTask<Finished> end, Thread thread) {
        static Waiting start(ProgramRunner host, Program program) {
            var question = new CompletableFuture<byte[]>();
            var end = new FutureTask<>(() -> host.run(program.input(new Program.Input.Later(question::join))));
            return new Waiting(question, end, Thread.ofVirtual().start(end));
        }

        Finished finish(Program program, byte[] asked) throws IOException {
            question.complete(asked);
            try {
                return end.get();
            } catch (InterruptedException e) {
                thread.interrupt(); // who runs it then kills it
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while " + program.name() + " was running", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e);
            }
        }
    }
}
