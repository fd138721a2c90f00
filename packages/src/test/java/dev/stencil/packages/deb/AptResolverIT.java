package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.SigningKey;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real apt on a tiny repository. */
class AptResolverIT {
    @TempDir
    Path directory;

    private TinyArchive archive;

    @BeforeEach
    void offer() throws IOException {
        archive = TinyArchive.in(directory);
        archive.repository
                .add(TinyPackage.named("base").field("Essential", "yes"))
                .add(TinyPackage.named("lib").version("1:2.0~rc1-1"))
                .add(TinyPackage.named("app").depends("lib (>= 1:1)"))
                .add(TinyPackage.named("broken").depends("nowhere"))
                .publish();
    }

    private static List<String> names(Resolution resolution) {
        return resolution.install().stream()
                .map(file -> file.name().name())
                .sorted()
                .toList();
    }

    private Path root(String status) throws IOException {
        Path root = directory.resolve("root");
        Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.writeString(root.resolve("var/lib/dpkg/status"), status);
        return root;
    }

    private static String installed(String name, String version, String more) {
        return "Package: " + name + "\nStatus: install ok installed\nMaintainer: x\nArchitecture: all\nVersion: "
                + version + "\nDescription: the " + name + "\n" + more + "\n";
    }

    @Test
    void resolve_ofAnEmptyRoot_givesExactPackages() throws IOException {
        Resolution resolution = archive.resolve("app");

        assertThat(names(resolution)).containsExactly("app", "base", "lib");
        assertThat(resolution.automatic()).containsExactlyInAnyOrder("base", "lib");
        PackageFile lib = resolution.install().stream()
                .filter(file -> file.name().name().equals("lib"))
                .findFirst()
                .orElseThrow();
        assertThat(lib.name()).isEqualTo(new PackageName("lib", "1:2.0~rc1-1", "all"));
        assertThat(lib.sha256()).isEqualTo(Digest.of(Files.readAllBytes(Path.of(lib.uri()))));
        assertThat(lib.sizeBytes()).isEqualTo(Files.size(Path.of(lib.uri())));
    }

    @Test
    void resolve_namesAPackageThatDoesNotExist() {
        assertThatThrownBy(() -> archive.resolve("app", "nosuchthing"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PACKAGE_MANAGER))
                .hasMessageContaining("nosuchthing");
    }

    @Test
    void resolve_proposesPackages_forNamesThatAreNone() throws IOException {
        assertThatThrownBy(() -> archive.resolve("lib", "aap=1.0", "brokne"))
                .hasMessage(
                        """
                        Unable to locate package aap; Unable to locate package brokne
                        There is no package aap. Did you mean app?
                        There is no package brokne. Did you mean broken?""");
        Path root = root(installed("lib", "1:1.0", ""));
        assertThatThrownBy(() -> archive.manager.resolve(
                        archive.source(), root, new PackageRequest.Update(List.of("lbi"), false)))
                .hasMessageEndingWith("There is no package lbi. Did you mean lib?");
        assertThatThrownBy(() -> archive.resolve("broken")).hasMessageNotContaining("Did you mean");
    }

    @Test
    void resolve_takesNoNameForAnOption() {
        assertThatThrownBy(() -> archive.resolve("-oDPkg::Pre-Invoke::=evil")).hasMessageContaining("not the name");
        assertThat(names(archive.resolve("*comment", "lib"))).containsExactly("base", "lib");
    }

    @Test
    void resolve_explainsWhatCannotBeMet() {
        assertThatThrownBy(() -> archive.resolve("broken"))
                .hasMessageContaining("broken")
                .hasMessageContaining("nowhere");
    }

    @Test
    void resolve_withoutListsSaysHowToFetchThem() {
        assertThatThrownBy(() -> archive.manager.resolve(archive.source(), new PackageRequest.Install(List.of("app"))))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.METADATA_MISSING));
    }

    @Test
    void resolve_leavesExcludedPackagesOut() {
        archive.resolve();
        PackageSource excluding =
                archive.source(archive.repository.record(), List.of(archive.repository.keyring()), List.of("li*"));
        archive.manager.refresh(excluding, Freshness.ALWAYS, Progress.NONE);

        assertThatThrownBy(() -> archive.manager.resolve(excluding, new PackageRequest.Install(List.of("app"))))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("lib");
    }

    @Test
    void resolve_ofARoot_upgradesInstallsAndRemoves() throws IOException {
        archive.resolve();
        Path root = root(installed("base", "1.0", "Essential: yes\n")
                + installed("lib", "1:1.0", "")
                + installed("other", "1.0", "Depends: lib\n"));

        Resolution install =
                archive.manager.resolve(archive.source(), root, new PackageRequest.Install(List.of("app")));
        assertThat(names(install)).containsExactly("app");
        assertThat(install.steps()).hasSize(2);

        Resolution update =
                archive.manager.resolve(archive.source(), root, new PackageRequest.Update(List.of(), false));
        assertThat(names(update)).containsExactly("lib");
        assertThat(update.replaced()).containsExactly(new PackageName("lib", "1:1.0", "all"));

        Resolution remove =
                archive.manager.resolve(archive.source(), root, new PackageRequest.Remove(List.of("lib"), true));
        assertThat(remove.remove().stream().map(PackageName::name)).containsExactlyInAnyOrder("lib", "other");
        assertThatThrownBy(() -> archive.manager.resolve(
                        archive.source(), root, new PackageRequest.Remove(List.of("lib"), false)))
                .hasMessageContaining("other");
        assertThat(Files.list(root.resolve("var/lib/dpkg")))
                .as("nothing is written into the root")
                .hasSize(1);
    }

    @Test
    void resolve_takesFilesOfTheHost() throws IOException {
        archive.resolve();
        Path root = root(installed("base", "1.0", "Essential: yes\n"));
        Path deb = TinyPackage.named("local").depends("lib").build(Files.createDirectory(directory.resolve("debs")));

        Resolution resolution =
                archive.manager.resolve(archive.source(), root, new PackageRequest.InstallFiles(List.of(deb)));

        assertThat(names(resolution)).containsExactly("lib", "local");
        archive.manager.fetch(archive.source(), resolution, Progress.NONE);
        assertThat(resolution.install()).allMatch(archive.store::has);
    }

    @Test
    void refresh_refusesASignatureByAStranger() throws IOException {
        archive.resolve("app");
        archive.repository.publishSignedBy(SigningKey.generate(directory.resolve("stranger"), "Stranger"));

        assertThatThrownBy(() -> archive.manager.refresh(archive.source(), Freshness.ALWAYS, Progress.NONE))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PACKAGE_MANAGER))
                .hasMessageContaining("NO_PUBKEY");
        assertThat(names(archive.manager.resolve(archive.source(), new PackageRequest.Install(List.of("app")))))
                .as("the lists of before are still good")
                .contains("app");
    }

    @Test
    void refresh_refusesAnAlteredIndex() throws IOException {
        try (TinyMirror mirror = TinyMirror.serving(archive.repository.directory())) {
            mirror.breaks("/Packages", TinyMirror.Fault.ALTER);
            assertThatThrownBy(() ->
                            archive.manager.refresh(archive.source(mirror.record()), Freshness.ALWAYS, Progress.NONE))
                    .isInstanceOf(StencilException.class);
        }
    }

    @Test
    void refresh_refusesARepositoryWithoutAKey() {
        assertThatThrownBy(() -> archive.manager.refresh(
                        archive.source(archive.repository.record(), List.of(), List.of()),
                        Freshness.ALWAYS,
                        Progress.NONE))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_BROKEN))
                .hasMessageContaining("keys");
    }

    @Test
    void refresh_goesOnlineOnlyWhenAsked() throws IOException {
        try (TinyMirror mirror = TinyMirror.serving(archive.repository.directory())) {
            PackageSource source = archive.source(mirror.record());

            archive.manager.refresh(source, Freshness.LOCAL_ONLY, Progress.NONE);
            assertThat(mirror.requests()).isEmpty();
            archive.manager.refresh(source, Freshness.WHEN_EXPIRED, Progress.NONE);
            int once = mirror.requests().size();
            assertThat(once).isPositive();
            archive.manager.refresh(source, Freshness.WHEN_EXPIRED, Progress.NONE);
            assertThat(mirror.requests()).hasSize(once);
            archive.manager.refresh(source, Freshness.ALWAYS, Progress.NONE);
            assertThat(mirror.requests().size()).isGreaterThan(once);
        }
    }

    @Test
    void refresh_failsAsAFetchWhenTheMirrorIsGone() throws IOException {
        String gone;
        try (TinyMirror mirror = TinyMirror.serving(archive.repository.directory())) {
            gone = mirror.record();
        }
        assertThatThrownBy(() -> archive.manager.refresh(archive.source(gone), Freshness.ALWAYS, Progress.NONE))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.FETCH_FAILED));
    }

    @Test
    void available_listsWhatIsOffered() {
        archive.resolve();
        assertThat(archive.manager.available(archive.source())).anySatisfy(one -> {
            assertThat(one.name()).isEqualTo(new PackageName("lib", "1:2.0~rc1-1", "all"));
            assertThat(one.summary()).isEqualTo("tiny package lib");
        });
    }

    @Test
    void installed_readsTheRootsDatabase() throws IOException {
        Path root = root(installed("base", "1.0", "")
                + "Package: gone\nStatus: deinstall ok config-files\nVersion: 1\nArchitecture: all\n\n");
        assertThat(archive.manager.installed(root)).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo(new PackageName("base", "1.0", "all"));
            assertThat(one.summary()).isEqualTo("the base");
        });
    }
}
