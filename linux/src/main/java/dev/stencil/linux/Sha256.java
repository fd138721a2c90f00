package dev.stencil.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * SHA-256 over much data, by the host's {@code libcrypto} where it has one: 1.9 GB/s a core where the processor helps, against
 * 0.2 GB/s of the JDK's own under the quick compiler that our launchers use. Used and closed by one thread; {@link #finish}
 * leaves it ready for the next calculation.
 */
public abstract sealed class Sha256 implements AutoCloseable {
    private static final int BYTES = 32;

    private Sha256() {}

    /** A fresh calculation. The first one loads a library, 10 ms. */
    public static Sha256 start() {
        return Libcrypto.FUNCTIONS.isPresent() ? new Libcrypto() : new Jdk();
    }

    /** As {@link #start}, without the host's library. */
    static Sha256 startPureJava() {
        return new Jdk();
    }

    public abstract void update(byte[] data, int offset, int length);

    public final void update(byte[] data) {
        update(data, 0, data.length);
    }

    /** The 32 bytes of the digest of what was given since the start or the last call of this method. */
    public abstract byte[] finish();

    @Override
    public void close() {}

    private static final class Jdk extends Sha256 {
        private final MessageDigest calculation;

        Jdk() {
            try {
                calculation = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every JDK has SHA-256", e);
            }
        }

        @Override
        public void update(byte[] data, int offset, int length) {
            calculation.update(data, offset, length);
        }

        @Override
        public byte[] finish() {
            return calculation.digest();
        }
    }

    /** The functions are those of {@code EVP_DigestInit(3ssl)}, the same in OpenSSL 1.1 and 3. */
    private static final class Libcrypto extends Sha256 {
        static final Optional<Functions> FUNCTIONS =
                library("libcrypto.so.3").or(() -> library("libcrypto.so.1.1")).map(Functions::new);

        private final Functions functions = FUNCTIONS.orElseThrow();
        private final MemorySegment context = functions.create();
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment result = arena.allocate(BYTES);

        Libcrypto() {
            functions.begin(context);
        }

        private static Optional<SymbolLookup> library(String name) {
            try {
                return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
            } catch (IllegalArgumentException notThere) {
                return Optional.empty();
            }
        }

        @Override
        public void update(byte[] data, int offset, int length) {
            functions.update(context, MemorySegment.ofArray(data).asSlice(offset, length), length);
        }

        @Override
        public byte[] finish() {
            functions.finish(context, result);
            functions.begin(context);
            return result.toArray(ValueLayout.JAVA_BYTE);
        }

        @Override
        public void close() {
            functions.free(context);
            arena.close();
        }
    }

    private static final class Functions {
        private static final MemorySegment NULL = MemorySegment.NULL;

        private final MethodHandle create;
        private final MethodHandle begin;
        private final MethodHandle update;
        private final MethodHandle finish;
        private final MethodHandle free;
        private final MemorySegment algorithm;

        Functions(SymbolLookup library) {
            Linker linker = Linker.nativeLinker();
            var pointer = ValueLayout.ADDRESS;
            var number = ValueLayout.JAVA_INT;
            create = linker.downcallHandle(library.findOrThrow("EVP_MD_CTX_new"), FunctionDescriptor.of(pointer));
            begin = linker.downcallHandle(
                    library.findOrThrow("EVP_DigestInit_ex"), FunctionDescriptor.of(number, pointer, pointer, pointer));
            // The array is read where it lies; the collector waits for the few microseconds that this takes.
            update = linker.downcallHandle(
                    library.findOrThrow("EVP_DigestUpdate"),
                    FunctionDescriptor.of(number, pointer, pointer, ValueLayout.JAVA_LONG),
                    Linker.Option.critical(true));
            finish = linker.downcallHandle(
                    library.findOrThrow("EVP_DigestFinal_ex"),
                    FunctionDescriptor.of(number, pointer, pointer, pointer));
            free = linker.downcallHandle(library.findOrThrow("EVP_MD_CTX_free"), FunctionDescriptor.ofVoid(pointer));
            MethodHandle sha256 =
                    linker.downcallHandle(library.findOrThrow("EVP_sha256"), FunctionDescriptor.of(pointer));
            try {
                algorithm = (MemorySegment) sha256.invokeExact();
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        MemorySegment create() {
            try {
                return (MemorySegment) create.invokeExact();
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        void begin(MemorySegment context) {
            try {
                require((int) begin.invokeExact(context, algorithm, NULL));
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        void update(MemorySegment context, MemorySegment data, long length) {
            try {
                require((int) update.invokeExact(context, data, length));
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        void finish(MemorySegment context, MemorySegment result) {
            try {
                require((int) finish.invokeExact(context, result, NULL));
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        void free(MemorySegment context) {
            try {
                free.invokeExact(context);
            } catch (Throwable e) {
                throw impossible(e);
            }
        }

        private static void require(int result) {
            if (result != 1) {
                throw new IllegalStateException("libcrypto refuses to calculate SHA-256");
            }
        }

        private static AssertionError impossible(Throwable thrown) {
            return new AssertionError("libcrypto failed", thrown);
        }
    }
}
