package dev.stencil.packages;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Looks for small files beside packages, such as the signature of an index. */
public final class RemoteFile {
    private static final int LARGEST_BYTES = 4 << 20;

    private RemoteFile() {}

    /** The file's content; empty when the server says that there is none. */
    public static Optional<byte[]> read(URI address, Proxies proxies) throws IOException {
        try (Download download = Download.open(address, 0, proxies, Download.Patience.USUAL)) {
            byte[] content = download.stream().readNBytes(LARGEST_BYTES + 1);
            if (content.length > LARGEST_BYTES) {
                throw new IOException(address + " is longer than " + LARGEST_BYTES + " bytes");
            }
            return Optional.of(content);
        } catch (Download.Refused absent) {
            return Optional.empty();
        }
    }
}
