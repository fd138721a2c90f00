package dev.stencil.container.engine;

import dev.stencil.linux.DatagramSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where the guest's systemd says that it has reached its default target ({@code sd_notify(3)}). Anybody inside may write to
 * it; a guest can lie about itself and about nothing else.
 */
final class ReadinessSocket implements AutoCloseable {
    private static final String FILE = "notify";

    /** Its name for the guest. */
    static final String INSIDE = "/run/host/" + FILE;

    private static final long LOOK_AROUND_MILLIS = 500;

    private final DatagramSocket socket;

    private ReadinessSocket(DatagramSocket socket) {
        this.socket = socket;
    }

    /** Listens in the guest's host folder. The file stays when closed: a guest that reboots writes to nobody. */
    static ReadinessSocket listen(GuestDirectory guest) throws IOException {
        Files.deleteIfExists(guest.hostFolder().resolve(FILE));
        return new ReadinessSocket(DatagramSocket.bind(guest.hostFolder(), FILE));
    }

    /** False when {@code limit} passed, or {@code isOver} became true, before the guest was ready. */
    boolean await(Duration limit, BooleanSupplier isOver) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            long left = Math.clamp((deadline - System.nanoTime()) / 1_000_000, 1, LOOK_AROUND_MILLIS);
            Optional<byte[]> message = socket.receive(left);
            if (message.isPresent() && isReady(message.get())) {
                return true;
            }
            if (message.isEmpty() && isOver.getAsBoolean()) {
                return false;
            }
        }
        return false;
    }

    static boolean isReady(byte[] message) {
        return List.of(new String(message, StandardCharsets.UTF_8).split("\n")).contains("READY=1");
    }

    @Override
    public void close() {
        socket.close();
    }
}
