package dev.stencil.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A new user namespace and a network namespace that belongs to it, so that its root may configure that network. A process
 * of threads cannot make one ({@code unshare(2)}), so a child holds both until {@link #close}; {@link #pin} keeps them.
 */
public final class UserNamespace implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(5);

    private final Process holder;
    private final Path namespaces;
    private final int descriptor;

    private UserNamespace(Process holder, Path namespaces, int descriptor) {
        this.holder = holder;
        this.namespaces = namespaces;
        this.descriptor = descriptor;
    }

    /** Users and groups 0 to {@code count - 1} inside are {@code first} and up outside. Takes about 3 ms. */
    public static UserNamespace open(ProgramRunner host, int first, int count) throws IOException {
        Process holder = host.start(Program.of("unshare", "--user", "--net", "cat")
                .input(new Program.Input.Bytes(new byte[0]))
                .errors(new Program.Output.Inherited()));
        Path process = Path.of("/proc", Long.toString(holder.pid()));
        try {
            awaitNamespaces(holder, process.resolve("ns"));
            byte[] map = ("0 " + first + " " + count + "\n").getBytes(StandardCharsets.US_ASCII);
            Files.write(process.resolve("uid_map"), map);
            Files.write(process.resolve("gid_map"), map);
            String user = process.resolve("ns/user").toString();
            int descriptor = Kernel.openat(Kernel.AT_FDCWD, user, Kernel.O_RDONLY, 0);
            return new UserNamespace(holder, process.resolve("ns"), descriptor);
        } catch (IOException e) {
            holder.destroyForcibly();
            throw e;
        }
    }

    private static void awaitNamespaces(Process holder, Path namespaces) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (isOurs(namespaces, "user") || isOurs(namespaces, "net")) {
            if (!holder.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("unshare(1) made no user namespace: see user_namespaces(7) and"
                        + " /proc/sys/user/max_user_namespaces");
            }
            pause();
        }
    }

    private static boolean isOurs(Path namespaces, String kind) throws IOException {
        return Files.readSymbolicLink(namespaces.resolve(kind))
                .equals(Files.readSymbolicLink(Path.of("/proc/self/ns", kind)));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a user namespace was made", e);
        }
    }

    /** Open until {@link #close}; for {@link Kernel#mountSetIdmap}. */
    public int descriptor() {
        return descriptor;
    }

    /** Binds the namespaces to two files, made when missing, which keep them alive until they are unmounted. */
    public void pin(Path user, Path network) throws IOException {
        pin("user", user);
        pin("net", network);
    }

    private void pin(String kind, Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file);
        }
        Mounts.bind(namespaces.resolve(kind), file);
    }

    @Override
    public void close() throws IOException {
        Kernel.close(descriptor);
        holder.getOutputStream().close();
        holder.destroy();
    }
}
