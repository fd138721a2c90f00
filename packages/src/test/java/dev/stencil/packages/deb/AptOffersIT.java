package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Arch;
import dev.stencil.host.Digest;
import dev.stencil.host.Progress;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.Offers;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real apt knows about the packages it would take. */
class AptOffersIT {
    @TempDir
    Path temporary;

    private TinyArchive archive;

    @BeforeEach
    void makeArchive() throws IOException {
        archive = TinyArchive.in(temporary);
        archive.repository
                .add(TinyPackage.named("base").field("Essential", "yes").field("Architecture", "amd64"))
                .add(TinyPackage.named("tool").version("2:1.0-1+b1"))
                .publish();
    }

    @Test
    void offers_sayWhereEachFileLies() {
        Resolution plan = resolve(archive.source());

        Offers offers = archive.manager.offers(archive.source(), plan);

        assertThat(offers.files()).hasSameSizeAs(plan.install());
        PackageFile tool = plan.install().stream()
                .filter(file -> file.name().name().equals("tool"))
                .findFirst()
                .orElseThrow();
        assertThat(offers.files())
                .contains(new LockedPackage.File(
                        "r1", "pool/tool_2%3a1.0-1+b1_all.deb", tool.sizeBytes(), tool.sha256()));
    }

    @Test
    void offers_sayHowTheRepositoryWas_andWhoSignedIt() throws IOException {
        LockedRepository repository = offers(archive.source()).repositories().getFirst();

        Path index = archive.repository.directory().resolve("dists/tiny/InRelease");
        assertThat(repository.url()).isEqualTo("file:" + archive.repository.directory());
        assertThat(repository.part().suite()).contains("tiny");
        assertThat(repository.part().components()).containsExactly("main");
        assertThat(repository.part().arch()).contains("amd64");
        assertThat(repository.state().metadata()).contains(Digest.of(Files.readAllBytes(index)));
        assertThat(repository.state().dated().orElseThrow())
                .isBetween(Instant.now().minus(1, ChronoUnit.HOURS), Instant.now());
        assertThat(repository.state().signedBy()).containsExactly(fingerprint());
    }

    @Test
    void offers_keepTheAddressAsWritten_andNoSecretOfTheOneUsed() throws IOException {
        try (TinyMirror mirror =
                TinyMirror.serving(archive.repository.directory()).demands("me", "s3cr3t")) {
            PackageSource source = through(mirror, "me:s3cr3t@");

            Offers offers = offers(source);
            Resolution plan = resolve(source);
            archive.manager.fetch(source, plan, Progress.NONE);

            assertThat(offers.repositories().getFirst().url()).isEqualTo("$TINY");
            assertThat(offers.repositories()).asString().doesNotContain("s3cr3t");
            assertThat(archive.store.has(plan.install().getFirst())).isTrue();
        }
    }

    @Test
    void failures_doNotTellThePassword() throws IOException {
        try (TinyMirror mirror =
                TinyMirror.serving(archive.repository.directory()).demands("me", "other")) {
            PackageSource source = through(mirror, "me:s3cr3t@");

            assertThatThrownBy(() -> archive.manager.refresh(source, Freshness.ALWAYS, Progress.NONE))
                    .hasMessageContaining("401")
                    .hasMessageContaining(mirror.url().substring("http://".length()))
                    .hasMessageNotContaining("s3cr3t");

            mirror.demands("me", "s3cr3t");
            Resolution plan = resolve(source);
            mirror.demands("me", "other");
            assertThatThrownBy(() -> archive.manager.fetch(source, plan, Progress.NONE))
                    .hasMessageContaining("401")
                    .hasMessageContaining("***@127.0.0.1")
                    .hasMessageNotContaining("s3cr3t");
        }
    }

    private PackageSource through(TinyMirror mirror, String user) {
        String location = mirror.url().replace("http://", "http://" + user) + "/ tiny main";
        return new PackageSource(
                "dpkgx64",
                Arch.ofHost(),
                false,
                List.of(new Repository("base0", "$TINY/ tiny main", location, List.of(), false)),
                List.of(archive.repository.keyring()),
                false,
                temporary.resolve("pm"),
                Duration.ofDays(1),
                List.of(),
                Map.of());
    }

    private Resolution resolve(PackageSource source) {
        archive.manager.refresh(source, Freshness.ALWAYS, Progress.NONE);
        return archive.manager.resolve(source, new PackageRequest.Install(List.of("tool")));
    }

    private Offers offers(PackageSource source) {
        return archive.manager.offers(source, resolve(source));
    }

    private String fingerprint() throws IOException {
        return new HostPrograms()
                .run(Program.of(
                        "gpg",
                        "--show-keys",
                        "--with-colons",
                        archive.repository.keyring().toString()))
                .orThrow()
                .text()
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .map(line -> line.split(":")[9])
                .findFirst()
                .orElseThrow();
    }
}
