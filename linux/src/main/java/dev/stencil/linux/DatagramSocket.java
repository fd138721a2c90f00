package dev.stencil.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;

/** A Unix datagram socket with a name ({@code unix(7)}), which Java itself does not have. */
public final class DatagramSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int MESSAGE_BYTES = 4096;

    private final int descriptor;

    private DatagramSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Makes {@code file} in a folder as deep as you like; anybody may send. EADDRINUSE when it exists. It stays. */
    public static DatagramSocket bind(Path folder, String file) throws IOException {
        long type = SOCK_DGRAM | Kernel.O_CLOEXEC;
        int socket = (int) Kernel.check("unix socket", SystemCall.SOCKET, AF_UNIX, type, 0, 0, 0, 0);
        int directory = Kernel.openat(Kernel.AT_FDCWD, folder.toString(), Kernel.O_PATH | Kernel.O_DIRECTORY, 0);
        try {
            // An address holds 107 bytes: a name by way of the directory's descriptor always fits.
            bind(socket, "/proc/self/fd/" + directory + "/" + file);
            Kernel.fchmodat(directory, file, 0x1B6);
            return new DatagramSocket(socket);
        } catch (IOException e) {
            Kernel.close(socket);
            throw e;
        } finally {
            Kernel.close(directory);
        }
    }

    private static void bind(int socket, String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeText.encode(arena, name);
            MemorySegment address = arena.allocate(2 + text.byteSize(), 2);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(text, 0, address, 2, text.byteSize());
            Kernel.check(name, SystemCall.BIND, socket, address.address(), address.byteSize(), 0, 0, 0);
        }
    }

    /** Next message, cut off at 4096 bytes; empty when none came within {@code waitMillis}, at least 1. */
    public Optional<byte[]> receive(long waitMillis) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wait = arena.allocate(16, 8);
            wait.set(ValueLayout.JAVA_LONG, 0, waitMillis / 1000);
            wait.set(ValueLayout.JAVA_LONG, 8, waitMillis % 1000 * 1000);
            Kernel.check("socket", SystemCall.SETSOCKOPT, descriptor, SOL_SOCKET, SO_RCVTIMEO, wait.address(), 16, 0);
            MemorySegment message = arena.allocate(MESSAGE_BYTES);
            long length =
                    Kernel.retry("socket", SystemCall.RECVFROM, descriptor, message.address(), MESSAGE_BYTES, 0, 0, 0);
            return Optional.of(message.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
        } catch (Errno e) {
            if (e.number() == Errno.EAGAIN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        Kernel.close(descriptor);
    }
}
