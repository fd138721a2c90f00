package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.fixtures.lane.NotAffectedBy;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code vztt.conf} and {@code vz.conf} say about proxies, with the real tinyproxy, which wants a password. */
@NotAffectedBy("container")
class ProxyIT {
    private static final String TINY = "tiny-1-x86_64";
    private static final String PASSWORD = "se-cr.et";

    @TempDir
    Path temporary;

    private TinyMirror mirror;
    private Path root;
    private Path log;
    private int port;

    @BeforeEach
    void makeHostAndProxy() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        TinyRepository repository = TinyRepository.in(temporary.resolve("archive"))
                .addBase()
                .add(TinyPackage.named("web"))
                .publish();
        mirror = TinyMirror.serving(repository.directory());
        root = temporary.resolve("host");
        TinyHost.in(root, mirror.record(), repository.keyring(), "tiny-base web");
        startProxy();
    }

    private void startProxy() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        log = temporary.resolve("proxy.log");
        Path configuration = Files.writeString(
                temporary.resolve("proxy.conf"),
                "Port " + port + "\nListen 127.0.0.1\nAllow 127.0.0.1\nTimeout 60\nMaxClients 20\nLogLevel Connect\n"
                        + "LogFile \"" + log + "\"\nPidFile \"" + temporary.resolve("proxy.pid")
                        + "\"\nBasicAuth keeper " + PASSWORD + "\n");
        new HostPrograms()
                .run(Program.of("tinyproxy", "-c", configuration.toString()))
                .orThrow();
        for (int i = 0; i < 100; i++) {
            try (var probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        mirror.close();
        ProcessHandle.of(Long.parseLong(
                        Files.readString(temporary.resolve("proxy.pid")).strip()))
                .ifPresent(ProcessHandle::destroy);
        try (Root directory = Root.open(temporary)) {
            directory.deleteTree("host/vz");
        }
    }

    @Test
    void listsAndPackagesComeThroughTheProxyOfVzttConf_withItsPassword() throws IOException {
        configure("etc/vztt/vztt.conf", PASSWORD);

        ToolRun.Result result = create();

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(Files.readString(log))
                .contains(mirror.url() + "/dists/tiny/InRelease", "web_1.0_all.deb")
                .doesNotContain("Unauthorized");
        assertThat(result.text() + String.join("\n", result.log())).doesNotContain(PASSWORD);
    }

    @Test
    void vzConfCounts_whereVzttConfSaysNothing() throws IOException {
        configure("etc/vz/vz.conf", PASSWORD);

        assertThat(create().code()).isZero();
        assertThat(Files.readString(log)).contains("web_1.0_all.deb");
    }

    @Test
    void aWrongPassword_isAFailedDownload_andIsNotShown() throws IOException {
        configure("etc/vztt/vztt.conf", "mistaken");

        ToolRun.Result result = create();

        assertThat(result.code()).as(result.text()).isEqualTo(52);
        assertThat(result.text()).doesNotContain("mistaken");
        assertThat(mirror.requests()).isEmpty();
    }

    @Test
    void anAddressThatIsNone_isABadUrl() throws IOException {
        append("etc/vztt/vztt.conf", "HTTP_PROXY=\"http://proxy host:many\"\n");

        assertThat(create().code()).isEqualTo(56);
    }

    @Test
    void packagesComeFromTheCachingServer_andFromTheRepositoryWhenItHasNot() throws IOException {
        Path stored = Files.createDirectories(temporary.resolve("stored"));
        URI repository = URI.create(mirror.url());
        Path pool =
                Files.createDirectories(stored.resolve(repository.getHost() + ":" + repository.getPort() + "/pool"));
        Files.copy(temporary.resolve("archive/pool/web_1.0_all.deb"), pool.resolve("web_1.0_all.deb"));
        try (TinyMirror server = TinyMirror.serving(stored)) {
            append("etc/vztt/vztt.conf", "VZTT_PROXY=\"" + server.url() + "/\"\n");

            ToolRun.Result result = create();

            assertThat(result.code()).as(result.text()).isZero();
            assertThat(server.requests()).anyMatch(path -> path.endsWith("/pool/web_1.0_all.deb"));
            assertThat(mirror.requests())
                    .noneMatch(path -> path.endsWith("/web_1.0_all.deb"))
                    .anyMatch(path -> path.contains("/pool/tiny-base"));
        }
    }

    @Test
    void excludedPackagesAreNeverInstalled() throws IOException {
        append("etc/vztt/vztt.conf", "EXCLUDE=\"other we*\"\n");

        ToolRun.Result result = create();

        assertThat(result.code()).as(result.text()).isEqualTo(70);
        assertThat(result.messages()).contains("web");
    }

    private ToolRun.Result create() {
        return new ToolRun(root).run("vzpkg", "create", "cache", TINY);
    }

    private void configure(String file, String password) throws IOException {
        append(
                file,
                "HTTP_PROXY=\"http://127.0.0.1:" + port + "\"\nHTTP_PROXY_USER=\"keeper\"\nHTTP_PROXY_PASSWORD=\""
                        + password + "\"\n");
    }

    private void append(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.writeString(path, Files.readString(path) + text);
    }
}
