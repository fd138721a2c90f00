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

/** zstd by the host's {@code libzstd.so.1}; the functions are those of the stable part of {@code zstd.h}. */
final class LibZstd extends NativeDecoder {
    private static final Optional<Functions> FUNCTIONS = library("libzstd.so.1").map(Functions::new);

    private final Functions functions = FUNCTIONS.orElseThrow();
    private final MemorySegment context = functions.create();
    /** {@code ZSTD_inBuffer} and {@code ZSTD_outBuffer}: address, size, position. */
    private final MemorySegment in = arena.allocate(24, 8);

    private final MemorySegment out = arena.allocate(24, 8);
    private boolean frameComplete = true;

    static boolean isPresent() {
        return FUNCTIONS.isPresent();
    }

    LibZstd(InputStream encoded) {
        super(encoded);
        in.set(ValueLayout.JAVA_LONG, 0, input.address());
        out.set(ValueLayout.JAVA_LONG, 0, output.address());
        out.set(ValueLayout.JAVA_LONG, 8, output.byteSize());
    }

    @Override
    int decodeSome() throws IOException {
        out.set(ValueLayout.JAVA_LONG, 16, 0);
        while (out.get(ValueLayout.JAVA_LONG, 16) == 0) {
            if (in.get(ValueLayout.JAVA_LONG, 16) == in.get(ValueLayout.JAVA_LONG, 8)) {
                int count = refill();
                if (count < 0) {
                    if (!frameComplete) {
                        throw new EOFException("the zstd data ends too early");
                    }
                    return -1;
                }
                in.set(ValueLayout.JAVA_LONG, 8, count);
                in.set(ValueLayout.JAVA_LONG, 16, 0);
            }
            long result = functions.decompress(context, out, in);
            // ZSTD_isError: errors are the last values below 2^64.
            if (result < 0 && result > -200) {
                throw new IOException("the zstd data is damaged (error " + -result + " of libzstd)");
            }
            frameComplete = result == 0;
        }
        return (int) out.get(ValueLayout.JAVA_LONG, 16);
    }

    @Override
    void release() {
        functions.free(context);
    }

    private static final class Functions {
        private final MethodHandle create;
        private final MethodHandle decompress;
        private final MethodHandle free;

        Functions(SymbolLookup library) {
            var pointer = ValueLayout.ADDRESS;
            var size = ValueLayout.JAVA_LONG;
            create = link(library, "ZSTD_createDStream", FunctionDescriptor.of(pointer));
            decompress = link(library, "ZSTD_decompressStream", FunctionDescriptor.of(size, pointer, pointer, pointer));
            free = link(library, "ZSTD_freeDStream", FunctionDescriptor.of(size, pointer));
        }

        MemorySegment create() {
            try {
                return (MemorySegment) create.invokeExact();
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        long decompress(MemorySegment context, MemorySegment out, MemorySegment in) {
            try {
                return (long) decompress.invokeExact(context, out, in);
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        void free(MemorySegment context) {
            try {
                long ignored = (long) free.invokeExact(context);
            } catch (Throwable e) {
                throw impossible(e);
            }
        }
    }
}
