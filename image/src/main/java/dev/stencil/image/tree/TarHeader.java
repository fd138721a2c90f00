package dev.stencil.image.tree;

import dev.stencil.linux.NativeText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The header blocks of one entry: ustar, preceded by a pax header for what does not fit. Source: POSIX, pax(1). */
final class TarHeader {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int PREFIX = 155;
    private static final String PAX_NAME = "PaxHeaders";

    /** Records of the pax header, sorted by their keys. */
    private final Map<String, byte[]> pax = new TreeMap<>();

    private TarHeader() {}

    static byte[] of(TreeEntry entry) {
        var header = new TarHeader();
        byte[] main = header.main(entry);
        for (TreeEntry.Attribute attribute : entry.attributes()) {
            header.pax.put("SCHILY.xattr." + attribute.name(), attribute.value());
        }
        var blocks = new ByteArrayOutputStream();
        if (!header.pax.isEmpty() && !isLink(entry)) {
            blocks.writeBytes(header.paxBlocks());
        } else if (isLink(entry)) {
            // What a link to a file says of it has been said by the file's first name.
            header.pax.keySet().retainAll(java.util.Set.of("path", "linkpath"));
            blocks.writeBytes(header.pax.isEmpty() ? new byte[0] : header.paxBlocks());
        }
        blocks.writeBytes(main);
        return blocks.toByteArray();
    }

    private static boolean isLink(TreeEntry entry) {
        return entry.sameAs().isPresent();
    }

    private byte[] main(TreeEntry entry) {
        var status = entry.status();
        byte[] block = new byte[BLOCK];
        putName(block, NativeText.bytes(entry.kind() == 'd' ? entry.path() + "/" : entry.path()));
        putNumber(block, 100, 8, status.permissions(), "mode");
        putNumber(block, 108, 8, Integer.toUnsignedLong(status.uid()), "uid");
        putNumber(block, 116, 8, Integer.toUnsignedLong(status.gid()), "gid");
        boolean hasContent = status.isRegular() && !isLink(entry);
        putNumber(block, 124, 12, hasContent ? entry.size() : 0, "size");
        putTime(block, status.mtimeSeconds(), status.mtimeNanos());
        block[156] = (byte) type(entry);
        Optional<String> target = entry.linkTarget().or(entry::sameAs);
        target.ifPresent(link -> putText(block, 157, NAME, NativeText.bytes(link), "linkpath"));
        put(block, 257, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        if (entry.device() != 0) {
            putNumber(block, 329, 8, major(entry.device()), "SCHILY.devmajor");
            putNumber(block, 337, 8, minor(entry.device()), "SCHILY.devminor");
        }
        return withChecksum(block);
    }

    private static char type(TreeEntry entry) {
        return switch (entry.kind()) {
            case 'd' -> '5';
            case 'l' -> '2';
            case 'c' -> '3';
            case 'b' -> '4';
            case 'p' -> '6';
            default -> isLink(entry) ? '1' : '0';
        };
    }

    /** {@code gnu_dev_major(3)}. */
    private static long major(long device) {
        return ((device >> 8) & 0xFFF) | ((device >> 32) & 0xFFFFF000L);
    }

    private static long minor(long device) {
        return (device & 0xFF) | ((device >> 12) & 0xFFFFFF00L);
    }

    /** Long paths are split at a slash if one stands in the right place. */
    private void putName(byte[] block, byte[] name) {
        if (name.length <= NAME) {
            put(block, 0, name);
            return;
        }
        for (int slash = Math.min(PREFIX, name.length - 2); slash > 0; slash--) {
            int rest = name.length - slash - 1;
            if (rest > NAME) {
                break;
            }
            if (name[slash] == '/') {
                System.arraycopy(name, 0, block, 345, slash);
                System.arraycopy(name, slash + 1, block, 0, rest);
                return;
            }
        }
        putText(block, 0, NAME, name, "path");
    }

    private void putText(byte[] block, int at, int length, byte[] text, String key) {
        if (text.length > length) {
            pax.put(key, text);
        }
        System.arraycopy(text, 0, block, at, Math.min(length, text.length));
    }

    private void putNumber(byte[] block, int at, int length, long number, String key) {
        String octal = Long.toOctalString(number);
        if (number < 0 || octal.length() >= length) {
            pax.put(key, ascii(Long.toString(number)));
            octal = "0";
        }
        put(block, at, ascii("0".repeat(length - 1 - octal.length()) + octal));
    }

    private void putTime(byte[] block, long seconds, int nanos) {
        putNumber(block, 136, 12, seconds, "mtime");
        if (nanos != 0) {
            String fraction =
                    Integer.toString(1_000_000_000 + nanos).substring(1).replaceFirst("0+$", "");
            // Before 1970 the fraction counts towards the future, in tar away from 0.
            String whole = seconds >= 0 ? seconds + "." + fraction : beforeEpoch(seconds, nanos);
            pax.put("mtime", ascii(whole));
        }
    }

    private static String beforeEpoch(long seconds, int nanos) {
        String fraction = Integer.toString(2_000_000_000 - nanos).substring(1).replaceFirst("0+$", "");
        return "-" + -(seconds + 1) + "." + fraction;
    }

    /** A header and records {@code LENGTH KEY=VALUE\n} of type {@code x}. */
    private byte[] paxBlocks() {
        var records = new ByteArrayOutputStream();
        pax.forEach((key, value) -> {
            byte[] body = key.getBytes(StandardCharsets.UTF_8);
            int length = body.length + value.length + 3;
            int whole = length + Integer.toString(length).length();
            whole = length + Integer.toString(whole).length();
            records.writeBytes(ascii(whole + " "));
            records.writeBytes(body);
            records.write('=');
            records.writeBytes(value);
            records.write('\n');
        });
        byte[] block = new byte[BLOCK];
        put(block, 0, ascii(PAX_NAME));
        put(block, 100, ascii("0000644\0000000000\0000000000\000"));
        put(block, 124, ascii(String.format("%011o", records.size())));
        put(block, 136, ascii("00000000000"));
        block[156] = 'x';
        put(block, 257, ascii("ustar\00000"));
        var blocks = new ByteArrayOutputStream();
        blocks.writeBytes(withChecksum(block));
        blocks.writeBytes(records.toByteArray());
        blocks.writeBytes(new byte[-records.size() & (BLOCK - 1)]);
        return blocks.toByteArray();
    }

    private static byte[] withChecksum(byte[] block) {
        put(block, 148, ascii("        "));
        int sum = 0;
        for (byte one : block) {
            sum += one & 0xFF;
        }
        put(block, 148, ascii(String.format("%06o\0 ", sum)));
        return block;
    }

    private static void put(byte[] block, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
