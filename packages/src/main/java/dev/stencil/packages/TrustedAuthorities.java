package dev.stencil.packages;

import dev.stencil.host.HostLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who may vouch for mirrors over HTTPS: those whom the host trusts, as apt, curl and dnf do, so that the authority of a site is
 * added in one place. Nothing is read before the first such connection, for that takes as long as a whole quick command. A
 * host without a readable bundle leaves it to the Java runtime.
 */
public final class TrustedAuthorities {
    /** Debian and its relatives; Red Hat's; SUSE's; what else links to one of them. */
    private static final List<String> PLACES = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/var/lib/ca-certificates/ca-bundle.pem",
            "/etc/ssl/ca-bundle.pem",
            "/etc/ssl/cert.pem");

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----");

    private final List<Path> bundles;
    private Optional<Bundle> loaded = Optional.empty();

    private TrustedAuthorities(List<Path> bundles) {
        this.bundles = List.copyOf(bundles);
    }

    /** One file of certificates, as connections use it. */
    private record Bundle(String name, SSLSocketFactory sockets) {}

    /** The server's certificate is not accepted; trying again is of no use. */
    static final class Untrusted extends IOException {
        private static final long serialVersionUID = 1;

        Untrusted(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Those of the host; below a {@code STENCIL_ROOT} those that lie there, if any do. */
    public static TrustedAuthorities of(HostLayout layout) {
        var bundles = new LinkedHashSet<Path>();
        PLACES.forEach(place -> bundles.add(layout.at(place)));
        PLACES.forEach(place -> bundles.add(Path.of(place)));
        return new TrustedAuthorities(List.copyOf(bundles));
    }

    /** The first of {@code bundles} that can be read, the Java runtime's own where there is none. */
    static TrustedAuthorities in(List<Path> bundles) {
        return new TrustedAuthorities(bundles);
    }

    /** From now on {@code connection} believes these authorities; nothing happens where it is not HTTPS. */
    void vouchFor(HttpURLConnection connection) throws IOException {
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(bundle().sockets());
        }
    }

    /** What to throw for {@code failure}: an {@link Untrusted} that says what to do where the certificate was the reason. */
    IOException explained(String server, SSLHandshakeException failure) throws IOException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new Untrusted(
                        "the certificate of " + server + " is not accepted (" + reason(cause)
                                + "). Who is trusted is in "
                                + bundle().name() + "; add your own authority with update-ca-certificates or"
                                + " update-ca-trust",
                        failure);
            }
        }
        return failure;
    }

    /** The JDK puts names of its classes before its reasons. */
    private static String reason(Throwable cause) {
        return String.valueOf(cause.getMessage()).replaceAll("^(?:[^:]*(?:failed|Exception): )+", "");
    }

    private synchronized Bundle bundle() throws IOException {
        if (loaded.isEmpty()) {
            loaded = Optional.of(load());
        }
        return loaded.get();
    }

    private Bundle load() throws IOException {
        try {
            for (Path file : bundles) {
                List<Certificate> certificates = read(file);
                if (!certificates.isEmpty()) {
                    return new Bundle(file.toString(), sockets(certificates));
                }
            }
            return new Bundle(
                    "the Java runtime, for this host has no bundle of certificates",
                    SSLContext.getDefault().getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IOException("Java cannot make connections over HTTPS: " + e.getMessage(), e);
        }
    }

    /** All that can be read: one certificate of an unknown kind does not make the others worthless. */
    private static List<Certificate> read(Path file) throws CertificateException {
        List<Certificate> certificates = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            return certificates;
        }
        CertificateFactory x509 = CertificateFactory.getInstance("X.509");
        try {
            Matcher each = CERTIFICATE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (each.find()) {
                byte[] text = each.group().getBytes(StandardCharsets.ISO_8859_1);
                try {
                    certificates.add(x509.generateCertificate(new ByteArrayInputStream(text)));
                } catch (CertificateException unknownKind) {
                    // The next one.
                }
            }
        } catch (IOException unreadable) {
            // As if it were not there: the next place, or the runtime's own.
        }
        return certificates;
    }

    private static SSLSocketFactory sockets(List<Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry(String.valueOf(i), certificates.get(i));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
