package dev.stencil.packages.rpm;

import dev.stencil.packages.Keyring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Public keys of key files, each on its own and armoured: rpm takes one key of a block only, and no binary ones. Source: RFC
 * 4880, 4.2 and 6.
 */
final class OpenPgpKeys {
    private static final int PUBLIC_KEY = 6;

    private OpenPgpKeys() {}

    /** The keys of all {@code files}, in order. */
    static List<String> armoured(List<Path> files) throws IOException {
        List<String> texts = new ArrayList<>();
        for (byte[] key : split(Keyring.join(files))) {
            texts.add(armour(key));
        }
        return texts;
    }

    /** A key begins with each public-key packet and takes all packets up to the next. */
    static List<byte[]> split(byte[] packets) throws IOException {
        List<byte[]> keys = new ArrayList<>();
        int begin = -1;
        int at = 0;
        while (at < packets.length) {
            Packet packet = packet(packets, at);
            if (packet.tag == PUBLIC_KEY) {
                if (begin >= 0) {
                    keys.add(Arrays.copyOfRange(packets, begin, at));
                }
                begin = at;
            }
            at = packet.end;
        }
        if (begin >= 0) {
            keys.add(Arrays.copyOfRange(packets, begin, at));
        }
        return keys;
    }

    private record Packet(int tag, int end) {}

    private static Packet packet(byte[] bytes, int at) throws IOException {
        int first = at(bytes, at);
        if ((first & 0x80) == 0) {
            throw new IOException("a key file does not hold OpenPGP packets");
        }
        boolean isNew = (first & 0x40) != 0;
        int tag = isNew ? first & 0x3f : (first >> 2) & 0x0f;
        long length;
        int body;
        if (isNew) {
            int octet = at(bytes, at + 1);
            if (octet < 192) {
                length = octet;
                body = at + 2;
            } else if (octet < 224) {
                length = ((octet - 192L) << 8) + at(bytes, at + 2) + 192;
                body = at + 3;
            } else {
                length = number(bytes, at + 2, 4);
                body = at + 6;
            }
        } else {
            int octets = 1 << (first & 3);
            if (octets == 8) {
                throw new IOException("a key file has a packet without length");
            }
            length = number(bytes, at + 1, octets);
            body = at + 1 + octets;
        }
        if (length > bytes.length - body) {
            throw new IOException("a key file is cut off");
        }
        return new Packet(tag, (int) (body + length));
    }

    private static long number(byte[] bytes, int at, int octets) throws IOException {
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number = (number << 8) + at(bytes, at + i);
        }
        return number;
    }

    private static int at(byte[] bytes, int index) throws IOException {
        if (index >= bytes.length) {
            throw new IOException("a key file is cut off");
        }
        return bytes[index] & 0xff;
    }

    private static String armour(byte[] key) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        int sum = checksum(key);
        byte[] bytes = {(byte) (sum >> 16), (byte) (sum >> 8), (byte) sum};
        return "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n" + lines + "\n="
                + Base64.getEncoder().encodeToString(bytes) + "\n-----END PGP PUBLIC KEY BLOCK-----\n";
    }

    /** RFC 4880, 6.1. */
    private static int checksum(byte[] data) {
        int crc = 0xb704ce;
        for (byte octet : data) {
            crc ^= (octet & 0xff) << 16;
            for (int i = 0; i < 8; i++) {
                crc <<= 1;
                if ((crc & 0x1000000) != 0) {
                    crc ^= 0x1864cfb;
                }
            }
        }
        return crc & 0xffffff;
    }

    static byte[] bytes(String armoured) {
        return armoured.getBytes(StandardCharsets.US_ASCII);
    }
}
