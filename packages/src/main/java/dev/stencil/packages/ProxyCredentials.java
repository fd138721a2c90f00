package dev.stencil.packages;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells user and password to the proxy that asks for them, and to no server. */
final class ProxyCredentials extends Authenticator {
    private final Optional<String> credentials;

    /** @param credentials {@code user:password} */
    ProxyCredentials(Optional<String> credentials) {
        this.credentials = credentials;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        if (getRequestorType() != RequestorType.PROXY || credentials.isEmpty()) {
            return null;
        }
        String both = credentials.get();
        int colon = both.indexOf(':');
        String user = colon < 0 ? both : both.substring(0, colon);
        String password = colon < 0 ? "" : both.substring(colon + 1);
        return new PasswordAuthentication(user, password.toCharArray());
    }
}
