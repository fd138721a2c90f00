package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFacts;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real apt on a tiny repository. */
class AptRelationsIT {
    @TempDir
    Path directory;

    private TinyArchive archive;

    @BeforeEach
    void offer() throws IOException {
        archive = TinyArchive.in(directory);
        archive.repository
                .add(TinyPackage.named("base").field("Essential", "yes").field("Architecture", "amd64"))
                .add(TinyPackage.named("lib")
                        .version("1:2.0~rc1-1")
                        .field("Architecture", "amd64")
                        .field("Source", "libs")
                        .field("Installed-Size", "7"))
                .add(TinyPackage.named("app").depends("lib (>= 1:1), nothing | base"))
                .publish();
    }

    @Test
    void listsAndFiles_tellTheSame() {
        Resolution resolution = archive.resolve("app");
        PackageRelations listed = archive.manager.relations(archive.source(), resolution);

        archive.manager.fetch(archive.source(), resolution, Progress.NONE);
        PackageRelations fetched = archive.manager.fetchedRelations(archive.source(), resolution);

        assertThat(listed.members()).isEqualTo(fetched.members()).hasSize(3);
        PackageName lib = new PackageName("lib", "1:2.0~rc1-1", "amd64");
        assertThat(listed.members())
                .extracting(PackageFacts::name)
                .containsExactlyElementsOf(
                        resolution.install().stream().map(PackageFile::name).toList());
        assertThat(listed.meant("lib")).containsExactly(lib);
        PackageFacts app = listed.members().stream()
                .filter(one -> one.name().name().equals("app"))
                .findFirst()
                .orElseThrow();
        assertThat(app.requirements())
                .extracting(PackageFacts.Requirement::text)
                .containsExactly("lib (>= 1:1)", "nothing | base");
        assertThat(app.requirements().getFirst().metBy()).containsExactly(lib);
    }

    @Test
    void aFileThatHoldsAnotherPackage_isNamed() {
        Resolution resolution = archive.resolve("lib");
        archive.manager.fetch(archive.source(), resolution, Progress.NONE);
        List<PackageFile> renamed = resolution.install().stream()
                .map(file -> new PackageFile(
                        new PackageName(file.name().name(), "9.9", "amd64"),
                        file.uri(),
                        file.sizeBytes(),
                        file.sha256()))
                .toList();

        StencilException refused = catchThrowableOfType(
                StencilException.class,
                () -> archive.manager.fetchedRelations(
                        archive.source(), new Resolution(renamed, List.of(), List.of(), List.of())));

        assertThat(refused.fault()).isEqualTo(Fault.LOCK_NOT_CLOSED);
        assertThat(refused).hasMessageContaining("=9.9:amd64 holds ");
    }
}
