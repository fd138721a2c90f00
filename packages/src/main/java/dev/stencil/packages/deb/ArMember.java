package dev.stencil.packages.deb;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A member of an ar archive: its name, where its bytes begin and how many there are. Source: deb(5), ar(5). */
record ArMember(String name, long offset, long size) {
    private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 60;

    /** All members in their order. */
    static List<ArMember> list(FileChannel file) throws IOException {
        long length = file.size();
        if (!java.util.Arrays.equals(bytes(file, 0, MAGIC.length), MAGIC)) {
            throw new IOException("not a Debian package: it does not begin with \"!<arch>\"");
        }
        List<ArMember> members = new ArrayList<>();
        long at = MAGIC.length;
        while (at < length) {
            String header = new String(bytes(file, at, HEADER_BYTES), StandardCharsets.ISO_8859_1);
            if (header.charAt(58) != '`' || header.charAt(59) != '\n') {
                throw new IOException("a member's header is damaged at byte " + at);
            }
            long size = size(header.substring(48, 58).strip(), at);
            at += HEADER_BYTES;
            if (size > length - at) {
                throw new EOFException("the file ends inside of its member " + name(header));
            }
            members.add(new ArMember(name(header), at, size));
            at += size + (size & 1);
        }
        return members;
    }

    /** When the archive's first member was made, which is when the package was; 1970 where it does not say. */
    static Instant firstMade(FileChannel file) throws IOException {
        String header = new String(bytes(file, MAGIC.length, HEADER_BYTES), StandardCharsets.ISO_8859_1);
        String digits = header.substring(16, 28).strip();
        boolean isNumber = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Instant.ofEpochSecond(Long.parseLong(digits)) : Instant.EPOCH;
    }

    private static String name(String header) {
        String name = header.substring(0, 16).stripTrailing();
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private static long size(String digits, long at) throws IOException {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IOException("a member's size is damaged at byte " + at);
        }
        return Long.parseLong(digits);
    }

    private static byte[] bytes(FileChannel file, long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("the file ends after " + file.size() + " bytes");
            }
        }
        return buffer.array();
    }
}
