package dev.stencil.packages;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.stencil.fixtures.TinyAuthority;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real HTTPS server on the loopback address, whose authority is or is not in the bundle of a host. */
class TrustedAuthoritiesTest {
    private static final String DEBIAN = "etc/ssl/certs/ca-certificates.crt";

    @TempDir
    static Path keys;

    private static TinyAuthority ours;
    private static TinyAuthority another;

    @TempDir
    Path directory;

    private TinyMirror mirror;

    @BeforeAll
    static void makeAuthorities() throws IOException {
        ours = TinyAuthority.in(keys.resolve("ours"));
        another = TinyAuthority.in(keys.resolve("another"));
    }

    @BeforeEach
    void serve() throws IOException {
        Path served = Files.createDirectories(directory.resolve("mirror"));
        Files.writeString(served.resolve("tiny.deb"), "content");
        mirror = TinyMirror.servingSecurely(served, ours);
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DEBIAN,
                "etc/pki/tls/certs/ca-bundle.crt",
                "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                "etc/ssl/ca-bundle.pem",
                "etc/ssl/cert.pem"
            })
    void aMirrorIsBelieved_whoseAuthorityIsInTheBundleOfTheHost(String place) throws IOException {
        bundle(place, "# Others\n" + another.certificate() + "\n# Ours\n" + ours.certificate());

        fetch();

        assertThat(mirror.requests()).containsExactly("/tiny.deb");
    }

    @Test
    void anotherMirror_isRefusedAtOnce_inOneLineThatSaysWhatToDo() throws IOException {
        Path file = bundle(DEBIAN, another.certificate());

        StencilException refused = catchThrowableOfType(StencilException.class, this::fetch);

        assertThat(refused.fault()).isEqualTo(Fault.FETCH_FAILED);
        assertThat(refused.getMessage().lines()).hasSize(1);
        assertThat(refused)
                .hasMessageContaining("Cannot fetch tiny=1:all from " + mirror.url() + "/tiny.deb: ")
                .hasMessageContaining(
                        "the certificate of 127.0.0.1 is not accepted (unable to find valid certification")
                .hasMessageContaining("Who is trusted is in " + file)
                .hasMessageContaining("update-ca-certificates");
        assertThat(mirror.requests()).isEmpty();
    }

    @Test
    void lookingForAFile_tellsTheSame() throws IOException {
        bundle(DEBIAN, another.certificate());

        assertThat(store().unavailable(List.of(offered()))).singleElement().satisfies(one -> assertThat(one.reason())
                .contains("is not accepted", "update-ca-trust"));
    }

    @Test
    void aCertificateThatCannotBeRead_doesNotMakeTheOthersWorthless() throws IOException {
        bundle(
                DEBIAN,
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n"
                        + ours.certificate());

        fetch();

        assertThat(mirror.requests()).containsExactly("/tiny.deb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificates\n", "-----BEGIN CERTIFICATE-----\nMIIB"})
    void aBundleWithoutCertificates_isPassedOver(String text) throws IOException {
        bundle(DEBIAN, text);
        bundle("etc/ssl/cert.pem", ours.certificate());

        fetch();

        assertThat(mirror.requests()).containsExactly("/tiny.deb");
    }

    @Test
    void withoutAnyBundle_theRuntimeDecides() {
        var runtime = TrustedAuthorities.in(List.of(directory.resolve("absent"), directory));

        StencilException refused = catchThrowableOfType(StencilException.class, () -> fetch(runtime));

        assertThat(refused).hasMessageContaining("Who is trusted is in the Java runtime");
    }

    /** Reading a pipe that nobody writes to would never end. */
    @Test
    void withoutHttps_nothingIsRead() throws Exception {
        Path pipe = directory.resolve("host").resolve(DEBIAN);
        Files.createDirectories(pipe.getParent());
        new HostPrograms().run(Program.of("mkfifo", pipe.toString())).orThrow();
        mirror.close();
        mirror = TinyMirror.serving(directory.resolve("mirror"));

        assertTimeoutPreemptively(ofSeconds(20), () -> fetch());

        assertThat(mirror.requests()).containsExactly("/tiny.deb");
    }

    private Path bundle(String place, String text) throws IOException {
        Path file = directory.resolve("host").resolve(place);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void fetch() {
        fetch(TrustedAuthorities.of(new HostLayout(directory.resolve("host"))));
    }

    private void fetch(TrustedAuthorities authorities) {
        store(authorities).fetch(List.of(offered()), Progress.NONE);
    }

    private PackageStore store() {
        return store(TrustedAuthorities.of(new HostLayout(directory.resolve("host"))));
    }

    private PackageStore store(TrustedAuthorities authorities) {
        return new PackageStore(directory.resolve("store"), Proxies.NONE.trusting(authorities));
    }

    private PackageFile offered() {
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        return new PackageFile(
                new PackageName("tiny", "1", "all"),
                URI.create(mirror.url() + "/tiny.deb"),
                content.length,
                Digest.of(content));
    }
}
