package dev.stencil.packages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Public keys of several files as one binary keyring, which is what {@code Signed-By} takes. Armoured files are decoded.
 * Source: RFC 4880, 6.2; sources.list(5).
 */
public final class Keyring {
    private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private static final String END = "-----END PGP PUBLIC KEY BLOCK-----";

    private Keyring() {}

    public static byte[] join(List<Path> files) throws IOException {
        var keys = new ByteArrayOutputStream();
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            String text = new String(content, StandardCharsets.ISO_8859_1);
            if (text.stripLeading().startsWith("-----BEGIN")) {
                decodeArmour(text, file, keys);
            } else {
                keys.writeBytes(content);
            }
        }
        return keys.toByteArray();
    }

    private static void decodeArmour(String text, Path file, ByteArrayOutputStream keys) throws IOException {
        StringBuilder body = new StringBuilder();
        boolean inBlock = false;
        boolean inHeaders = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.equals(BEGIN)) {
                inBlock = true;
                inHeaders = true;
            } else if (line.equals(END)) {
                keys.writeBytes(decode(body.toString(), file));
                body.setLength(0);
                inBlock = false;
            } else if (inBlock && line.isEmpty()) {
                inHeaders = false;
            } else if (inBlock && !inHeaders && !line.startsWith("=")) {
                body.append(line);
            }
        }
    }

    private static byte[] decode(String body, Path file) throws IOException {
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no armoured OpenPGP key", e);
        }
    }
}
