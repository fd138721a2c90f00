package dev.stencil.packages;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Which proxy a download goes through: {@code http_proxy}, {@code https_proxy} and {@code no_proxy} as apt and curl read
 * them, in small or capital letters.
 */
public record Proxies(Map<String, String> environment) {
    /** Everything is fetched directly. */
    public static final Proxies NONE = new Proxies(Map.of());

    public Proxies {
        environment = Map.copyOf(environment);
    }

    /** The proxy for {@code address}; {@link Proxy#NO_PROXY} when there is none. */
    public Proxy proxyFor(URI address) {
        String value = value(address.getScheme().toLowerCase(Locale.ROOT) + "_proxy");
        if (value.isBlank() || isExempt(String.valueOf(address.getHost()))) {
            return Proxy.NO_PROXY;
        }
        URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
        if (proxy.getHost() == null) {
            throw new IllegalArgumentException("\"" + value + "\" is no address of a proxy");
        }
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port));
    }

    private boolean isExempt(String host) {
        for (String entry : value("no_proxy").split("[,\\s]+")) {
            String domain = entry.startsWith(".") ? entry.substring(1) : entry;
            if (entry.equals("*") || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)))) {
                return true;
            }
        }
        return false;
    }

    private String value(String name) {
        return environment.getOrDefault(name, environment.getOrDefault(name.toUpperCase(Locale.ROOT), ""));
    }
}
