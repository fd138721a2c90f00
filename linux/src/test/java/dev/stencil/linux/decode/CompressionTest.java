package dev.stencil.linux.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CompressionTest {
    private static final byte[] CONTENT = content(3_000_000);

    /** Text-like bytes: compressible, longer than any buffer. */
    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        var random = new Random(1);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i % 7 == 0 ? random.nextInt(256) : 'a' + i % 20);
        }
        return bytes;
    }

    private static byte[] encode(Compression compression, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        switch (compression) {
            case GZIP -> {
                try (var gzip = new GZIPOutputStream(out)) {
                    gzip.write(content);
                }
            }
            case XZ -> {
                try (var xz = new XZOutputStream(out, new LZMA2Options(1))) {
                    xz.write(content);
                }
            }
            case ZSTD -> out.writeBytes(Zstd.compress(content));
            default -> out.writeBytes(content);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "GZIP", "XZ", "ZSTD"})
    void decode_givesTheContentBack(Compression compression) throws IOException {
        try (var decoded = compression.decode(new ByteArrayInputStream(encode(compression, CONTENT)))) {
            assertThat(decoded.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"XZ", "ZSTD"})
    void decode_readsStreamsOneAfterTheOther(Compression compression) throws IOException {
        var twice = new ByteArrayOutputStream();
        twice.writeBytes(encode(compression, new byte[] {1, 2}));
        twice.writeBytes(encode(compression, new byte[] {3}));

        try (var decoded = compression.decode(new ByteArrayInputStream(twice.toByteArray()))) {
            assertThat(decoded.readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "ZSTD"})
    void decode_failsAtTheEndOfATruncatedStream(Compression compression) throws IOException {
        byte[] encoded = encode(compression, CONTENT);
        byte[] truncated = Arrays.copyOf(encoded, encoded.length - 20);

        assertThatThrownBy(() -> {
                    try (var decoded = compression.decode(new ByteArrayInputStream(truncated))) {
                        decoded.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Property(tries = 200)
    void decode_ofGarbageThrowsAnIoExceptionAndNothingElse(@ForAll @Size(max = 200) byte[] garbage) {
        for (Compression compression : new Compression[] {Compression.XZ, Compression.ZSTD, Compression.GZIP}) {
            try (var decoded = compression.decode(new ByteArrayInputStream(garbage))) {
                decoded.readAllBytes();
            } catch (IOException expected) {
                assertThat(expected).hasMessageNotContaining("null pointer");
            }
        }
    }
}
