package dev.stencil.packages;

import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzttConf;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which proxy a download goes through: {@code http_proxy}, {@code https_proxy} and {@code no_proxy} as apt and curl read
 * them, in small or capital letters.
 *
 * @param store {@code VZTT_PROXY}, a caching server that has the files of every host below {@code store/host/path}
 * @param authorities who vouches for the server at the other end, where it is asked over HTTPS
 */
public record Proxies(Map<String, String> environment, Optional<String> store, TrustedAuthorities authorities) {
    /** Everything is fetched directly. */
    public static final Proxies NONE = new Proxies(Map.of());

    private static final List<String> VARIABLES = List.of("http_proxy", "https_proxy", "ftp_proxy", "no_proxy");

    public Proxies {
        environment = Map.copyOf(environment);
    }

    /** Without a caching server, and believing whom the host believes. */
    public Proxies(Map<String, String> environment) {
        this(environment, Optional.empty(), TrustedAuthorities.of(new HostLayout(Path.of("/"))));
    }

    /** The same way to servers for which {@code others} vouch. */
    public Proxies trusting(TrustedAuthorities others) {
        return new Proxies(environment, store, others);
    }

    /** Of vztt.conf alone, as {@link #of(ConfigFile, VzttConf, Map)}. */
    public static Proxies of(VzttConf settings, Map<String, String> environment) {
        return of(settings.file(), settings, environment);
    }

    /**
     * {@code HTTP_PROXY} with user and password of vztt.conf, else those of {@code global}, else the variables of
     * {@code environment} (spec vzpkg 3.3). {@code BAD_URL} for what is no address.
     */
    public static Proxies of(ConfigFile global, VzttConf settings, Map<String, String> environment) {
        Map<String, String> found = new TreeMap<>();
        var inherited = new Proxies(environment);
        for (String name : VARIABLES) {
            String value = inherited.value(name);
            if (!value.isBlank()) {
                found.put(name, value);
            }
        }
        ConfigFile decisive = settings.file().nonEmpty("HTTP_PROXY").isPresent() ? settings.file() : global;
        decisive.nonEmpty("HTTP_PROXY").ifPresent(proxy -> {
            String address = withUser(proxy, decisive);
            found.put("http_proxy", address);
            found.put("https_proxy", address);
        });
        return new Proxies(found, settings.file().nonEmpty("VZTT_PROXY"), inherited.authorities());
    }

    private static String withUser(String proxy, ConfigFile settings) {
        int scheme = proxy.indexOf("://");
        String host = scheme < 0 ? proxy : proxy.substring(scheme + 3);
        String user = settings.nonEmpty("HTTP_PROXY_USER").map(Proxies::encoded).orElse("");
        String password = settings.nonEmpty("HTTP_PROXY_PASSWORD")
                .map(text -> ":" + encoded(text))
                .orElse("");
        String address = (scheme < 0 ? "http" : proxy.substring(0, scheme)) + "://"
                + (user.isEmpty() ? "" : user + password + "@") + host;
        try {
            if (URI.create(address).getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException unreadable) {
            // Told below, as every address without a host.
        }
        throw new StencilException(
                Fault.BAD_URL,
                "HTTP_PROXY=\"" + proxy + "\" in the configuration is no address of a proxy. Write http://HOST:PORT.");
    }

    /** For the part of an address that is before the host (RFC 3986, 3.2.1). */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The proxy for {@code address}; {@link Proxy#NO_PROXY} when there is none. */
    public Proxy proxyFor(URI address) {
        Optional<URI> proxy = find(address);
        if (proxy.isEmpty()) {
            return Proxy.NO_PROXY;
        }
        int port = proxy.get().getPort() < 0 ? 80 : proxy.get().getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.get().getHost(), port));
    }

    /** {@code user:password} that the proxy for {@code address} wants. */
    Optional<String> credentialsFor(URI address) {
        return find(address).flatMap(proxy -> Optional.ofNullable(proxy.getUserInfo()));
    }

    private Optional<URI> find(URI address) {
        String value = value(address.getScheme().toLowerCase(Locale.ROOT) + "_proxy");
        if (value.isBlank() || isExempt(String.valueOf(address.getHost()))) {
            return Optional.empty();
        }
        URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
        if (proxy.getHost() == null) {
            throw new IllegalArgumentException("\"" + value + "\" is no address of a proxy");
        }
        return Optional.of(proxy);
    }

    /** Where the caching server has the file of {@code address}, if there is one; never for files of this host. */
    Optional<URI> stored(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (store.isEmpty() || !(scheme.equals("http") || scheme.equals("https"))) {
            return Optional.empty();
        }
        String server =
                store.get().endsWith("/") ? store.get().substring(0, store.get().length() - 1) : store.get();
        String host = address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
        return Optional.of(URI.create((server.contains("://") ? server : "http://" + server) + "/" + host
                + address.getRawPath()
                + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery())));
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
