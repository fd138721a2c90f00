package dev.stencil.linux.decode;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/** How a stream is compressed. */
public enum Compression {
    NONE(""),
    GZIP(".gz"),
    XZ(".xz"),
    LZMA(".lzma"),
    ZSTD(".zst"),
    BZIP2(".bz2");

    private static final int INPUT_BYTES = 64 * 1024;

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /** End of the names of files compressed so, with its dot. */
    public String suffix() {
        return suffix;
    }

    /** By the end of a file's name; a name with no known end counts as not compressed. */
    public static Compression ofName(String name) {
        for (Compression compression : values()) {
            if (compression != NONE && name.endsWith(compression.suffix)) {
                return compression;
            }
        }
        return NONE;
    }

    /**
     * The decoded content of {@code encoded}. Bytes after the end of the compressed data are an error, several streams
     * one after the other are not. One thread uses and closes the result; closing it closes {@code encoded}.
     */
    public InputStream decode(InputStream encoded) throws IOException {
        return switch (this) {
            case NONE -> encoded;
            case GZIP -> new GZIPInputStream(encoded, INPUT_BYTES);
            case XZ -> LibLzma.isPresent() ? new LibLzma(encoded) : new XZInputStream(encoded);
            case LZMA -> LibLzma.isPresent() ? new LibLzma(encoded) : new LZMAInputStream(encoded);
            case ZSTD -> LibZstd.isPresent() ? new LibZstd(encoded) : new ZstdInputStream(encoded);
            case BZIP2 -> new BZip2CompressorInputStream(encoded, true);
        };
    }
}
