package dev.stencil.packages.rpm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Adler32;

/**
 * Reads {@code Packages.db}, the file of rpm's backend {@code ndb} that holds the packages' headers, for hosts whose rpm cannot:
 * Debian's takes such a database for an empty one. It may be a guest's, so nothing in it is believed.
 *
 * <p>A page of slots comes first, more pages as the database grows, then blobs in blocks of 16 octets; all numbers are
 * little-endian. Source: the layout in rpm's {@code lib/backend/ndb/rpmpkg.c}, version 0.
 */
final class NdbPackages {
    private static final int MAGIC = word("RpmP");
    private static final int SLOT_MAGIC = word("Slot");
    private static final int BLOB_BEGIN = word("BlbS");
    private static final int BLOB_END = word("BlbE");
    private static final int HEADER_SIZE = 32;
    private static final int SLOT_SIZE = 16;
    private static final int BLOCK_SIZE = 16;
    private static final int PAGE_SIZE = 4096;
    private static final int BLOB_HEAD_SIZE = 16;
    private static final int BLOB_TAIL_SIZE = 12;

    /** What stands before each header in a file of headers; the numbers that follow are part of it. */
    private static final byte[] HEADER_MAGIC = HexFormat.of().parseHex("8eade80100000000");

    private final ByteBuffer file;

    private NdbPackages(byte[] content) {
        this.file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    private record Slot(int number, int offset, int size) {}

    /**
     * All headers, one after the other, as {@code rpmdb --exportdb} writes them and {@code --importdb} reads them.
     *
     * @throws IOException when {@code content} is not such a file, is cut off or damaged
     */
    static byte[] headers(byte[] content) throws IOException {
        var packages = new NdbPackages(content);
        var headers = new ByteArrayOutputStream(content.length);
        List<Slot> slots = packages.slots();
        slots.sort(Comparator.comparingInt((Slot slot) -> slot.number));
        for (Slot slot : slots) {
            headers.writeBytes(HEADER_MAGIC);
            packages.copyBlob(slot, headers);
        }
        return headers.toByteArray();
    }

    private List<Slot> slots() throws IOException {
        if (file.capacity() < PAGE_SIZE || file.getInt(0) != MAGIC) {
            throw new IOException("Packages.db is not of the format ndb");
        }
        if (file.getInt(4) != 0) {
            throw new IOException("Packages.db is of version " + file.getInt(4) + " of ndb, and only 0 is known");
        }
        int pages = file.getInt(12);
        if (pages <= 0 || pages > file.capacity() / PAGE_SIZE) {
            throw damaged("it is cut off");
        }
        List<Slot> slots = new ArrayList<>();
        for (int at = HEADER_SIZE; at < pages * PAGE_SIZE; at += SLOT_SIZE) {
            if (file.getInt(at) != SLOT_MAGIC) {
                throw damaged("there is no slot at octet " + at);
            }
            long offset = block(at + 8);
            long size = block(at + 12);
            if (offset != 0) {
                requireInside(offset, size, pages);
                slots.add(new Slot(file.getInt(at + 4), (int) offset, (int) size));
            }
        }
        return slots;
    }

    /** A number of blocks at octet {@code at}, in octets. */
    private long block(int at) {
        return Integer.toUnsignedLong(file.getInt(at)) * BLOCK_SIZE;
    }

    private void requireInside(long offset, long size, int pages) throws IOException {
        boolean isInside = offset >= (long) pages * PAGE_SIZE && offset + size <= file.capacity();
        if (!isInside || size < BLOB_HEAD_SIZE + BLOB_TAIL_SIZE) {
            throw damaged("a slot points outside of it");
        }
    }

    private void copyBlob(Slot slot, ByteArrayOutputStream to) throws IOException {
        int begin = slot.offset;
        int tail = slot.offset + slot.size - BLOB_TAIL_SIZE;
        int length = file.getInt(begin + 12);
        boolean isFramed = file.getInt(begin) == BLOB_BEGIN
                && file.getInt(begin + 4) == slot.number
                && file.getInt(tail + 8) == BLOB_END
                && file.getInt(tail + 4) == length
                && length >= 0
                && length <= slot.size - BLOB_HEAD_SIZE - BLOB_TAIL_SIZE;
        if (!isFramed || checksum(begin, tail) != file.getInt(tail)) {
            throw damaged("package " + Integer.toUnsignedString(slot.number) + " is not what was written");
        }
        to.write(file.array(), begin + BLOB_HEAD_SIZE, length);
    }

    private int checksum(int begin, int end) {
        var sum = new Adler32();
        sum.update(file.array(), begin, end - begin);
        return (int) sum.getValue();
    }

    private static IOException damaged(String how) {
        return new IOException("Packages.db is damaged: " + how);
    }

    private static int word(String four) {
        return four.charAt(0) | four.charAt(1) << 8 | four.charAt(2) << 16 | four.charAt(3) << 24;
    }
}
