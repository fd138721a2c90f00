package dev.stencil.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.HostLayout;
import dev.stencil.host.VzttConf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxiesTest {
    @TempDir
    Path root;

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

    @Test
    void userAndPasswordMayHoldAnyCharacter() throws IOException {
        Proxies proxies = Proxies.of(
                settings("HTTP_PROXY=\"proxy.invalid:3128\"\nHTTP_PROXY_USER=\"a@b\"\n"
                        + "HTTP_PROXY_PASSWORD=\"s/e%c:r et\"\nVZTT_PROXY=\"http://store.invalid/all/\"\n"),
                Map.of());

        assertThat(proxies.environment())
                .containsEntry("http_proxy", "http://a%40b:s%2Fe%25c%3Ar%20et@proxy.invalid:3128");
        assertThat(proxies.credentialsFor(URI.create("http://mirror.invalid/x")))
                .contains("a@b:s/e%c:r et");
        assertThat(proxies.stored(URI.create("http://u:p@mirror.invalid:81/a%20b")))
                .contains(URI.create("http://store.invalid/all/mirror.invalid:81/a%20b"));
        assertThat(proxies.stored(URI.create("file:/x"))).isEmpty();
    }

    private VzttConf settings(String text) throws IOException {
        Path file = root.resolve("etc/vztt/vztt.conf");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return VzttConf.read(new HostLayout(root));
    }
}
