package dev.stencil.packages;

import dev.stencil.host.VzttConf;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which proxy a download goes through: {@code http_proxy}, {@code https_proxy} and {@code no_proxy} as apt and curl read
 * them, in small or capital letters.
 */
public record Proxies(Map<String, String> environment) {
    /** Everything is fetched directly. */
    public static final Proxies NONE = new Proxies(Map.of());

    private static final List<String> VARIABLES = List.of("http_proxy", "https_proxy", "ftp_proxy", "no_proxy");

    public Proxies {
        environment = Map.copyOf(environment);
    }

    /** {@code HTTP_PROXY} of vztt.conf with user and password, else the variables of {@code environment} (spec vzpkg 3.3). */
    public static Proxies of(VzttConf settings, Map<String, String> environment) {
        Map<String, String> found = new TreeMap<>();
        var inherited = new Proxies(environment);
        for (String name : VARIABLES) {
            String value = inherited.value(name);
            if (!value.isBlank()) {
                found.put(name, value);
            }
        }
        settings.file().nonEmpty("HTTP_PROXY").ifPresent(proxy -> {
            String address = withUser(proxy, settings);
            found.put("http_proxy", address);
            found.put("https_proxy", address);
        });
        return new Proxies(found);
    }

    private static String withUser(String proxy, VzttConf settings) {
        int scheme = proxy.indexOf("://");
        String host = scheme < 0 ? proxy : proxy.substring(scheme + 3);
        String user = settings.file().nonEmpty("HTTP_PROXY_USER").orElse("");
        String password = settings.file()
                .nonEmpty("HTTP_PROXY_PASSWORD")
                .map(text -> ":" + text)
                .orElse("");
        return (scheme < 0 ? "http" : proxy.substring(0, scheme)) + "://"
                + (user.isEmpty() ? "" : user + password + "@") + host;
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
