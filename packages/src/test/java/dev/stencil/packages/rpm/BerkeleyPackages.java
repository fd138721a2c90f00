package dev.stencil.packages.rpm;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes a package database as rpm did until 4.15, with the real Berkeley DB: {@code Packages}, from numbers to headers with the
 * highest number under 0, and {@code Name}, from names to numbers. Source: rpm's {@code lib/backend/bdb_ro.c}, which reads it.
 */
final class BerkeleyPackages {
    private static final int MAGIC_SIZE = 8;
    private static final int TAG_NAME = 1000;

    private BerkeleyPackages() {}

    /** @param exported what {@code rpmdb --exportdb} writes */
    static void write(byte[] exported, Path directory) throws IOException {
        List<byte[]> headers = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(exported);
        while (all.hasRemaining()) {
            int begin = all.position() + MAGIC_SIZE;
            byte[] header = new byte[8 + all.getInt(begin) * 16 + all.getInt(begin + 4)];
            all.get(begin, header).position(begin + header.length);
            headers.add(header);
        }
        var packages = new StringBuilder();
        var names = new StringBuilder();
        pair(packages, number(0), number(headers.size()));
        for (int i = 0; i < headers.size(); i++) {
            pair(packages, number(i + 1), headers.get(i));
            byte[] place = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(i + 1)
                    .array();
            pair(names, name(headers.get(i)), place);
        }
        load(packages, directory.resolve("Packages"));
        load(names, directory.resolve("Name"));
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] name(byte[] header) {
        ByteBuffer numbers = ByteBuffer.wrap(header);
        int count = numbers.getInt(0);
        for (int entry = 8; entry < 8 + count * 16; entry += 16) {
            if (numbers.getInt(entry) == TAG_NAME) {
                int begin = 8 + count * 16 + numbers.getInt(entry + 8);
                int end = begin;
                while (header[end] != 0) {
                    end++;
                }
                return new String(header, begin, end - begin, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            }
        }
        throw new IllegalArgumentException("a header without a name");
    }

    private static void pair(StringBuilder text, byte[] key, byte[] value) {
        text.append(' ').append(HexFormat.of().formatHex(key)).append('\n');
        text.append(' ').append(HexFormat.of().formatHex(value)).append('\n');
    }

    private static void load(StringBuilder pairs, Path file) throws IOException {
        String dump = "VERSION=3\nformat=bytevalue\ntype=hash\nHEADER=END\n" + pairs + "DATA=END\n";
        new HostPrograms()
                .run(Program.of("db5.3_load", file.toString())
                        .input(new Program.Input.Bytes(dump.getBytes(StandardCharsets.US_ASCII))))
                .orThrow();
    }
}
