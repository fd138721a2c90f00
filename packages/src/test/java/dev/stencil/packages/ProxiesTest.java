package dev.stencil.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiesTest {
    private static final Proxies PROXIES = new Proxies(Map.of(
            "http_proxy",
            "http://proxy.invalid:3128/",
            "HTTPS_PROXY",
            "secure.invalid:8080",
            "no_proxy",
            "localhost, .corp.invalid"));

    @Test
    void proxyFor_choosesByScheme() {
        assertThat(PROXIES.proxyFor(URI.create("http://mirror.invalid/x")).address())
                .isEqualTo(new InetSocketAddress("proxy.invalid", 3128));
        assertThat(PROXIES.proxyFor(URI.create("https://mirror.invalid/x")).address())
                .isEqualTo(new InetSocketAddress("secure.invalid", 8080));
    }

    @Test
    void proxyFor_leavesOutExemptHosts() {
        assertThat(PROXIES.proxyFor(URI.create("http://localhost/"))).isEqualTo(Proxy.NO_PROXY);
        assertThat(PROXIES.proxyFor(URI.create("http://a.corp.invalid/"))).isEqualTo(Proxy.NO_PROXY);
        assertThat(PROXIES.proxyFor(URI.create("http://notcorp.invalid/"))).isNotEqualTo(Proxy.NO_PROXY);
        assertThat(Proxies.NONE.proxyFor(URI.create("http://mirror.invalid/"))).isEqualTo(Proxy.NO_PROXY);
    }
}
