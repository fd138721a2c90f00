package dev.stencil.linux.decode;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The buffers between a compressed stream and a native decoder. Used and closed by the thread that made it. */
abstract sealed class NativeDecoder extends InputStream permits LibLzma, LibZstd {
    private static final int INPUT_BYTES = 64 * 1024;
    private static final int OUTPUT_BYTES = 256 * 1024;

    final Arena arena = Arena.ofConfined();
    final MemorySegment input = arena.allocate(INPUT_BYTES, 16);
    final MemorySegment output = arena.allocate(OUTPUT_BYTES, 16);

    private final InputStream encoded;
    private final byte[] chunk = new byte[INPUT_BYTES];
    private int outputAt;
    private int outputEnd;
    private boolean finished;
    private boolean closed;

    NativeDecoder(InputStream encoded) {
        this.encoded = encoded;
    }

    /** Decodes into {@link #output} and returns how many bytes are there now; -1 at the end of the data. */
    abstract int decodeSome() throws IOException;

    abstract void release();

    /** Fills {@link #input} from its start; the number of bytes, -1 at the end of the compressed file. */
    final int refill() throws IOException {
        int count = encoded.read(chunk, 0, chunk.length);
        if (count > 0) {
            MemorySegment.copy(chunk, 0, input, ValueLayout.JAVA_BYTE, 0, count);
        }
        return count;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (outputAt == outputEnd) {
            if (finished) {
                return -1;
            }
            int count = decodeSome();
            finished = count < 0;
            outputAt = 0;
            outputEnd = Math.max(0, count);
        }
        int count = Math.min(length, outputEnd - outputAt);
        MemorySegment.copy(output, ValueLayout.JAVA_BYTE, outputAt, target, offset, count);
        outputAt += count;
        return count;
    }

    @Override
    public final void close() throws IOException {
        if (!closed) {
            closed = true;
            release();
            arena.close();
            encoded.close();
        }
    }

    /** A shared library of the host, empty when it has none of that name. */
    static Optional<SymbolLookup> library(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException notThere) {
            return Optional.empty();
        }
    }

    static MethodHandle link(SymbolLookup library, String function, FunctionDescriptor shape) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(function), shape);
    }

    /** What a downcall to C can throw: nothing that has a meaning. */
    static AssertionError impossible(Throwable thrown) {
        return new AssertionError("a C function cannot throw", thrown);
    }
}
