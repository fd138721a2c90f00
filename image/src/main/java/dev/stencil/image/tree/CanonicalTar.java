package dev.stencil.image.tree;

import dev.stencil.host.Digest;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The one tar stream of a tree (spec conary 9.5): names in the order of their bytes, what is in a directory right behind it, no
 * {@code ./} in front, numbers instead of names of owners, a pax header only where the plain one cannot say it, other names of a file as hard
 * links to its first. The tree's own directory and sockets are left out, which no tar holds.
 */
public final class CanonicalTar {
    private static final int BLOCK = 512;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int DIRECTORY = Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW;

    private final TreeManifest manifest;
    private final Path directory;

    /** Of {@code directory}, which has not changed since {@code manifest} was read from it. */
    public CanonicalTar(TreeManifest manifest, Path directory) {
        this.manifest = manifest;
        this.directory = directory;
    }

    /**
     * Digest and length of a stream.
     *
     * @param diffId of the uncompressed stream, by which a result is known whatever it is packed with
     */
    public record Identity(Digest diffId, long sizeBytes) {}

    /** Calculates without keeping the stream. */
    public Identity identity() throws IOException {
        try (Sha256 calculation = Sha256.start()) {
            var sink = new Counting(calculation);
            write(sink);
            return new Identity(new Digest(HexFormat.of().formatHex(calculation.finish())), sink.bytes);
        }
    }

    /** Writes all of it, with the two empty blocks that end it; {@code out} stays open. */
    public void write(OutputStream out) throws IOException {
        int top = Kernel.openat(Kernel.AT_FDCWD, directory.toString(), DIRECTORY, 0);
        try (Arena arena = Arena.ofConfined()) {
            var buffer = new byte[BUFFER_BYTES];
            MemorySegment read = arena.allocate(BUFFER_BYTES);
            for (TreeEntry entry : manifest.entries()) {
                if (!entry.isTop() && entry.kind() != 's') {
                    out.write(TarHeader.of(entry));
                    if (entry.status().isRegular() && entry.sameAs().isEmpty()) {
                        writeContent(top, entry, read, buffer, out);
                    }
                }
            }
            out.write(new byte[2 * BLOCK]);
        } finally {
            Kernel.close(top);
        }
    }

    private void writeContent(int top, TreeEntry entry, MemorySegment read, byte[] buffer, OutputStream out)
            throws IOException {
        long[] left = {entry.size()};
        TreeScan.readFile(top, entry.path(), read, buffer, length -> {
            left[0] -= length;
            out.write(buffer, 0, length);
        });
        if (left[0] != 0) {
            throw new IOException(
                    directory.resolve(".") + ": " + ShownName.escaped(entry.path()) + " was changed while it was read");
        }
        out.write(new byte[(int) (-entry.size() & (BLOCK - 1))]);
    }

    private static final class Counting extends OutputStream {
        private final Sha256 calculation;
        private long bytes;

        Counting(Sha256 calculation) {
            this.calculation = calculation;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] data, int offset, int length) {
            calculation.update(data, offset, length);
            bytes += length;
        }
    }
}
