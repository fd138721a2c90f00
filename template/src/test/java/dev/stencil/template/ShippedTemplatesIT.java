package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stencil.host.Arch;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped templates against Debian's own archive, through the real apt and the mirror of this host. */
class ShippedTemplatesIT {
    private static final Path SHIPPED = HostSetupTest.CHECKOUT.resolve("templates");

    @TempDir
    Path directory;

    private TemplateArea area;
    private UrlMap urlMap;

    @BeforeEach
    void openShippedArea() {
        assumeTrue(HostPrograms.find("apt-get").isPresent(), "apt-get is not installed");
        assumeTrue(HostArchive.ofHost().isKnown(), "this host is not Debian");
        area = TemplateArea.open(SHIPPED, Arch.X86_64);
        urlMap = UrlMap.of(area);
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian-12-x86_64", "debian-12-x86", "debian-13-x86_64"})
    void everyRepositoryIsSignedByTheTemplatesKeysAndHasEveryPackage(String name) throws IOException {
        OsTemplate base = area.require(name);
        var apt = new PrivateApt(directory, base.arch().debianName());

        updateFromWhatTheMirrorServes(apt, Repositories.effective(base, List.of(), urlMap));

        List<Template> templates = new ArrayList<>(List.of(base));
        templates.addAll(area.sets(base));
        templates.addAll(area.applications(base));
        assertThat(templates).hasSizeGreaterThanOrEqualTo(9);
        for (Template template : templates) {
            Finished simulated = apt.simulateInstall(template.packages());
            assertThat(simulated.status())
                    .as(template.name() + ": " + simulated.stderrEnd())
                    .isZero();
        }
    }

    @Test
    void aRepositoryIsRefusedWithTheKeysOfAnotherRelease() throws IOException {
        List<Path> bookworm = area.require("debian-12").keyrings().stream()
                .filter(key -> key.toString().endsWith("-security-automatic.gpg"))
                .toList();
        RepositoryRecord trixie = Repositories.effective(area.require("debian-13"), List.of(), urlMap)
                .getFirst();
        var foreign =
                new RepositoryRecord(trixie.id(), trixie.kind(), trixie.written(), trixie.location(), bookworm, false);

        Finished update = new PrivateApt(directory, "amd64").update(List.of(foreign));

        assertThat(update.status()).isNotZero();
        assertThat(update.stderrEnd()).contains("NO_PUBKEY");
    }

    /**
     * A mirror caught between two states serves an index that does not match its signed list. That says nothing about a
     * template, so such a repository is left out; the first one, which has every package, may not be.
     */
    private static void updateFromWhatTheMirrorServes(PrivateApt apt, List<RepositoryRecord> records)
            throws IOException {
        Finished update = apt.update(records);
        List<RepositoryRecord> served = new ArrayList<>(records);
        while (update.status() != 0 && update.stderrEnd().contains("Mirror sync in progress") && served.size() > 1) {
            served.removeLast();
            update = apt.update(served);
        }
        assertThat(update.status()).as(update.stderrEnd()).isZero();
    }

    @Test
    void everyKeyIsOneThatDebianVouchesFor() throws IOException {
        Path installed = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
        assumeTrue(Files.isRegularFile(installed), "debian-archive-keyring is not installed");
        assumeTrue(HostPrograms.find("gpg").isPresent(), "gpg is not installed");
        List<String> trusted = fingerprints(installed);

        for (String name : List.of("debian-12-x86_64", "debian-12-x86", "debian-13-x86_64")) {
            OsTemplate template = area.require(name);
            assertThat(template.keyrings()).hasSize(3);
            for (Path key : template.keyrings()) {
                assertThat(trusted).as(key.toString()).containsAll(fingerprints(key));
            }
        }
    }

    private List<String> fingerprints(Path keyring) throws IOException {
        Finished shown = new HostPrograms()
                .run(Program.of("gpg", "--with-colons", "--show-keys", keyring.toString())
                        .env(
                                "GNUPGHOME",
                                Files.createDirectories(directory.resolve("gnupg"))
                                        .toString()))
                .orThrow();
        List<String> found =
                shown.text().lines().filter(line -> line.startsWith("fpr:")).toList();
        assertThat(found).isNotEmpty();
        return found;
    }
}
