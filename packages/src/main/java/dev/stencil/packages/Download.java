package dev.stencil.packages;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * A file on its way from a mirror, from a given byte on. Redirects are followed, from http to https but not back; a server
 * that cannot resume begins at byte 0, which {@link #start} tells. A user and password in the address are sent to that
 * host, and to none that it redirects to.
 */
final class Download implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;

    /** How long to wait for a connection, and for the next bytes of one. */
    record Patience(Duration connect, Duration silence) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    private final InputStream stream;
    private final long start;

    private Download(InputStream stream, long start) {
        this.stream = stream;
        this.start = start;
    }

    /** The server's answer means that trying again is of no use. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** Begins at byte {@code from}, or at 0 where that is not to be had. {@code file:} and {@code copy:} are local files. */
    static Download open(URI address, long from, Proxies proxies, Patience patience) throws IOException {
        return switch (String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT)) {
            case "file", "copy" -> new Download(Files.newInputStream(localPath(address)), 0);
            case "http", "https" -> http(address, from, proxies, patience);
            default -> throw new Refused("addresses of the kind " + address.getScheme() + ": are not supported");
        };
    }

    /**
     * Asks whether a file can be had, without fetching it.
     *
     * @return what is wrong with it; empty when all is well
     */
    static Optional<String> problem(URI address, long sizeBytes, Proxies proxies, Patience patience) {
        try {
            long offered = size(address, proxies, patience);
            return offered < 0 || offered == sizeBytes
                    ? Optional.empty()
                    : Optional.of("the file there has " + offered + " bytes instead of " + sizeBytes);
        } catch (java.net.UnknownHostException e) {
            return Optional.of("the host " + e.getMessage() + " is not known");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** -1 when the server does not say. */
    private static long size(URI address, Proxies proxies, Patience patience) throws IOException {
        URI next = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.startsWith("http")) {
                return Files.size(localPath(next));
            }
            HttpURLConnection connection = connect(next, 0, proxies, patience);
            connection.setRequestMethod("HEAD");
            int status = status(connection, proxies);
            if (status == 200) {
                return connection.getContentLengthLong();
            }
            if (status < 300 || status >= 400) {
                throw new Refused("the server answers " + status + " " + connection.getResponseMessage());
            }
            next = redirected(next, connection);
        }
        throw new Refused("more than " + MOST_REDIRECTS + " redirects");
    }

    private static Path localPath(URI address) throws Refused {
        Path path = Path.of(String.valueOf(address.getPath()));
        if (!Files.isRegularFile(path)) {
            throw new Refused(path + " does not exist");
        }
        return path;
    }

    private static Download http(URI address, long from, Proxies proxies, Patience patience) throws IOException {
        URI next = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpURLConnection connection = connect(next, from, proxies, patience);
            int status = status(connection, proxies);
            switch (status) {
                case 200 -> {
                    return new Download(connection.getInputStream(), 0);
                }
                case 206 -> {
                    return resumed(connection, from);
                }
                case 416 -> {
                    return http(next, 0, proxies, patience);
                }
                case 301, 302, 303, 307, 308 -> next = redirected(next, connection);
                default -> {
                    String answer = status + " " + connection.getResponseMessage();
                    throw status >= 400 && status < 500 && status != 408 && status != 429
                            ? new Refused("the server answers " + answer)
                            : new IOException("the server answers " + answer);
                }
            }
        }
        throw new Refused("more than " + MOST_REDIRECTS + " redirects");
    }

    private static HttpURLConnection connect(URI address, long from, Proxies proxies, Patience patience)
            throws IOException {
        // The JDK would not send a password to a proxy of https; the user has configured that it may know it.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        var connection = (HttpURLConnection) address.toURL().openConnection(proxies.proxyFor(address));
        proxies.authorities().vouchFor(connection);
        connection.setAuthenticator(new ProxyCredentials(proxies.credentialsFor(address)));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) patience.connect().toMillis());
        connection.setReadTimeout((int) patience.silence().toMillis());
        connection.setRequestProperty("User-Agent", "stencil");
        if (address.getUserInfo() != null) {
            byte[] user = address.getUserInfo().getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().encodeToString(user);
            connection.setRequestProperty("Authorization", "Basic " + encoded);
        }
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        return connection;
    }

    private static int status(HttpURLConnection connection, Proxies proxies) throws IOException {
        try {
            return connection.getResponseCode();
        } catch (SSLHandshakeException e) {
            throw proxies.authorities().explained(connection.getURL().getHost(), e);
        }
    }

    private static Download resumed(HttpURLConnection connection, long from) throws IOException {
        String range = String.valueOf(connection.getHeaderField("Content-Range"));
        if (!range.startsWith("bytes " + from + "-")) {
            throw new IOException("the server answers with another part of the file than the one asked for: " + range);
        }
        return new Download(connection.getInputStream(), from);
    }

    private static URI redirected(URI from, HttpURLConnection connection) throws IOException {
        String location = connection.getHeaderField("Location");
        if (location == null) {
            throw new Refused("a redirect that does not say where to");
        }
        try {
            URI to = from.resolve(new URI(location));
            boolean isSafe = to.getScheme().equals("https")
                    || (to.getScheme().equals("http") && from.getScheme().equals("http"));
            if (!isSafe) {
                throw new Refused("a redirect to " + to + ", which is not followed");
            }
            return to;
        } catch (URISyntaxException e) {
            throw new Refused("a redirect to something that is no address: " + location);
        }
    }

    /** The byte of the file that {@link #stream} begins with. */
    long start() {
        return start;
    }

    InputStream stream() {
        return stream;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
