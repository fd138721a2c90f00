package dev.stencil.linux.decode;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * xz and lzma by the host's {@code liblzma.so.5}. Offsets are those of {@code lzma_stream} in {@code lzma/base.h}, which
 * the library promises to keep.
 */
final class LibLzma extends NativeDecoder {
    private static final int STREAM_BYTES = 136;
    private static final long NEXT_IN = 0;
    private static final long AVAILABLE_IN = 8;
    private static final long NEXT_OUT = 24;
    private static final long AVAILABLE_OUT = 32;

    private static final int RUN = 0;
    private static final int FINISH = 3;
    private static final int OK = 0;
    private static final int STREAM_END = 1;
    private static final int CONCATENATED = 0x08;
    /** More than any preset of xz asks for (-9: 65 MiB), less than a bomb would. */
    private static final long MEMORY_LIMIT = 512L << 20;

    private static final Optional<Functions> FUNCTIONS = library("liblzma.so.5").map(Functions::new);

    private final Functions functions = FUNCTIONS.orElseThrow();
    private final MemorySegment stream = arena.allocate(STREAM_BYTES, 8);
    private int action = RUN;
    private boolean ended;

    static boolean isPresent() {
        return FUNCTIONS.isPresent();
    }

    LibLzma(InputStream encoded) throws IOException {
        super(encoded);
        int result = functions.start(stream);
        if (result != OK) {
            throw new IOException("cannot start an xz decoder: error " + result + " of liblzma");
        }
    }

    @Override
    int decodeSome() throws IOException {
        if (ended) {
            return -1;
        }
        stream.set(ValueLayout.JAVA_LONG, NEXT_OUT, output.address());
        stream.set(ValueLayout.JAVA_LONG, AVAILABLE_OUT, output.byteSize());
        while (stream.get(ValueLayout.JAVA_LONG, AVAILABLE_OUT) > 0 && !ended) {
            if (stream.get(ValueLayout.JAVA_LONG, AVAILABLE_IN) == 0 && action == RUN) {
                int count = refill();
                stream.set(ValueLayout.JAVA_LONG, NEXT_IN, input.address());
                stream.set(ValueLayout.JAVA_LONG, AVAILABLE_IN, Math.max(0, count));
                action = count < 0 ? FINISH : RUN;
            }
            int result = functions.code(stream, action);
            if (result == STREAM_END) {
                ended = true;
            } else if (result != OK) {
                throw failure(result);
            }
        }
        return (int) (output.byteSize() - stream.get(ValueLayout.JAVA_LONG, AVAILABLE_OUT));
    }

    private static IOException failure(int result) {
        return switch (result) {
            case 5 -> new IOException("cannot decode xz data: there is not enough memory");
            case 6 -> new IOException("cannot decode xz data: it asks for more than 512 MiB of memory");
            case 7 -> new IOException("not in xz format");
            case 10 -> new EOFException("the xz data ends too early");
            default -> new IOException("the xz data is damaged (error " + result + " of liblzma)");
        };
    }

    @Override
    void release() {
        functions.end(stream);
    }

    private static final class Functions {
        private final MethodHandle start;
        private final MethodHandle code;
        private final MethodHandle end;

        Functions(SymbolLookup library) {
            var pointer = ValueLayout.ADDRESS;
            var i = ValueLayout.JAVA_INT;
            start = link(library, "lzma_auto_decoder", FunctionDescriptor.of(i, pointer, ValueLayout.JAVA_LONG, i));
            code = link(library, "lzma_code", FunctionDescriptor.of(i, pointer, i));
            end = link(library, "lzma_end", FunctionDescriptor.ofVoid(pointer));
        }

        int start(MemorySegment stream) {
            try {
                return (int) start.invokeExact(stream, MEMORY_LIMIT, CONCATENATED);
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        int code(MemorySegment stream, int action) {
            try {
                return (int) code.invokeExact(stream, action);
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        void end(MemorySegment stream) {
            try {
                end.invokeExact(stream);
            } catch (Throwable e) {
                throw impossible(e);
            }
        }
    }
}
