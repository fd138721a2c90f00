package dev.stencil.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A SHA-256 digest as 64 lower-case hexadecimal digits. */
public record Digest(String hex) implements Comparable<Digest> {
    public Digest {
        if (hex.length() != 64 || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
        }
    }

    /** Accepts upper-case digits. */
    public static Digest parse(String text) {
        return new Digest(text.strip().toLowerCase(Locale.ROOT));
    }

    public static Digest of(byte[] content) {
        return new Digest(java.util.HexFormat.of().formatHex(sha256().digest(content)));
    }

    /** Of a file's content, read in pieces. */
    public static Digest ofFile(Path file) throws IOException {
        var calculation = sha256();
        byte[] buffer = new byte[1 << 17];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                calculation.update(buffer, 0, count);
            }
        }
        return finish(calculation);
    }

    /** A fresh calculation; finish it with {@link #finish}. */
    public static java.security.MessageDigest sha256() {
        try {
            return java.security.MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    public static Digest finish(java.security.MessageDigest calculation) {
        return new Digest(java.util.HexFormat.of().formatHex(calculation.digest()));
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
