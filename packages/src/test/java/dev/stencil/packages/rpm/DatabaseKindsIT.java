package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TestDistribution;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.packages.BuildStage;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Package databases of the kinds that this host's rpm does not write, read and made. */
class DatabaseKindsIT {
    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path temporary;

    private RpmWorld world;

    @BeforeEach
    void open() throws IOException {
        world = RpmWorld.in(temporary);
    }

    @Test
    void ndb_isRead_whereTheHostsOwnRpmSeesNothing() throws IOException {
        Path root = ndbRoot();
        Finished plain = world.host.run(RpmQuery.rpm(
                "rpm", "--dbpath", copyOf(root.resolve("var/lib/rpm")).toString(), "-qa"));
        assertThat(plain.isSuccess() && plain.text().isEmpty()).isTrue();

        assertThat(names(root)).containsExactlyInAnyOrder("fx-libs", "fx-tools", "sfl-release", "fx-epoch");
        assertThat(root.resolve("var/lib/rpm")).isDirectoryContaining("glob:**/Packages.db");
        try (var files = Files.list(root.resolve("var/lib/rpm"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void ndb_isResolvedUpon_byDnfAndZypper() throws IOException {
        Path root = ndbRoot();
        PackageSource source = world.updated9();
        world.manager.refresh(source, Freshness.WHEN_EXPIRED, Progress.NONE);
        var update = new PackageRequest.Update(List.of("fx-epoch"), false);

        for (RpmPackageManager manager : List.of(world.manager, world.zypper)) {
            Resolution plan = manager.resolve(source, root, update);
            assertThat(plan.replaced())
                    .extracting(PackageName::toString)
                    .containsExactly("fx-epoch=2:1.0-1.sfl9:noarch");
        }
    }

    @Test
    void damagedNdb_isNamed_andNeverTakenForAnEmptyOne() throws IOException {
        Path root = ndbRoot();
        Path file = root.resolve("var/lib/rpm/Packages.db");
        byte[] content = Files.readAllBytes(file);
        content[4096 + 200] ^= 1;
        Files.write(file, content);

        assertThatThrownBy(() -> world.manager.installed(root))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining(root.toString())
                .hasMessageContaining("Packages.db is damaged: package 1");
    }

    @Test
    void bdb_isReadAndResolvedUpon() throws IOException {
        Path root = bdbRoot("fx-libs", "fx-tools", "sfl-release", "fx-epoch");
        PackageSource source = world.updated9();
        world.manager.refresh(source, Freshness.WHEN_EXPIRED, Progress.NONE);

        assertThat(names(root)).containsExactlyInAnyOrder("fx-libs", "fx-tools", "sfl-release", "fx-epoch");
        assertThat(world.manager
                        .resolve(source, root, new PackageRequest.Update(List.of("fx-epoch"), false))
                        .replaced())
                .extracting(PackageName::name)
                .containsExactly("fx-epoch");
        assertThatThrownBy(
                        () -> world.manager.resolve(source, root, new PackageRequest.Remove(List.of("fx-libs"), false)))
                .hasMessageContaining("is needed by (installed) fx-tools");
    }

    @Test
    void damagedBdb_isNamed() throws IOException {
        Path root = bdbRoot("fx-libs", "fx-tools");
        Path file = root.resolve("var/lib/rpm/Packages");
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 5000));

        assertThatThrownBy(() -> world.manager.installed(root)).hasMessageContaining(root.toString());
    }

    /** Its own rpm writes {@code sqlite} all the same: what counts is that it is the one who writes, and where. */
    @Test
    void rootOfAnotherFormat_hasItsDatabaseWrittenByItsOwnRpm_whereThatWantsIt() throws IOException {
        Path root = Files.createDirectory(temporary.resolve("own"));
        Resolution plan = populated(root);
        Files.writeString(
                root.resolve("usr/lib/rpm/macros.d/macros.sfl"), "%_dbpath /usr/lib/sysimage/rpm\n%_db_backend bdb\n");
        Files.writeString(root.resolve("root/.rpmmacros"), "%_db_backend sqlite\n");

        world.manager.finish(world.release9(), root, plan, RpmWorld.NO_HOOKS, Progress.NONE);

        assertThat(root.resolve("usr/lib/sysimage/rpm/rpmdb.sqlite")).exists();
        assertThat(root.resolve("var/lib/rpm/rpmdb.sqlite")).doesNotExist();
        assertThat(root.resolve(".stencil-packages")).doesNotExist();
        assertThat(names(root)).containsExactlyInAnyOrderElementsOf(named(plan));
        assertThat(verified(root)).isEmpty();
    }

    /** With an rpm made by {@code tools/make-ndb-rpm DIRECTORY}. */
    @Test
    @EnabledIfEnvironmentVariable(named = "STENCIL_NDB_RPM", matches = "/.+")
    void rootOfARealNdbRpm_isMadeInItsFormat_andItsPackagesAreFound() throws IOException {
        Path root = Files.createDirectory(temporary.resolve("own"));
        Resolution plan = populated(root);
        Path libraries = Path.of(System.getenv("STENCIL_NDB_RPM"));
        for (String library : List.of("librpm.so.9", "librpmio.so.9")) {
            Path link = root.resolve("usr/lib/x86_64-linux-gnu").resolve(library);
            Files.copy(libraries.resolve(library), link.toRealPath(), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(
                root.resolve("usr/lib/rpm/macros.d/macros.sfl"), "%_dbpath /usr/lib/sysimage/rpm\n%_db_backend ndb\n");

        world.manager.finish(world.release9(), root, plan, RpmWorld.NO_HOOKS, Progress.NONE);

        assertThat(root.resolve("usr/lib/sysimage/rpm/Packages.db")).exists();
        assertThat(root.resolve("var/lib/rpm/rpmdb.sqlite")).doesNotExist();
        assertThat(names(root)).containsExactlyInAnyOrderElementsOf(named(plan));
    }

    @Test
    void rootWhoseRpmCannotWriteItsFormat_isRefused_namingIt() throws IOException {
        Path root = Files.createDirectory(temporary.resolve("own"));
        Resolution plan = populated(root);
        Files.writeString(
                root.resolve("usr/lib/rpm/macros.d/macros.sfl"), "%_dbpath /var/lib/rpm\n%_db_backend bdb_ro\n");

        assertThatThrownBy(() -> world.manager.finish(world.release9(), root, plan, RpmWorld.NO_HOOKS, Progress.NONE))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("own rpm could not write its package database, which is of the format bdb_ro");
    }

    private Resolution populated(Path root) throws IOException {
        PackageSource source = world.release9();
        Resolution plan = world.resolve(source, TestDistribution.MINI + " dash");
        world.manager.fetch(source, plan, Progress.NONE);
        world.manager.populate(source, root, new BuildStage(1, plan.install()), RpmWorld.NO_HOOKS, Progress.NONE);
        return plan;
    }

    private static List<String> named(Resolution plan) {
        return plan.install().stream().map(file -> file.name().name()).toList();
    }

    /** What {@code rpm -V} inside finds changed; the settings of this test aside. */
    private List<String> verified(Path root) throws IOException {
        Finished done = world.host.run(Program.of("chroot", root.toString(), "rpm", "-Va", "--nodeps", "--noscripts"));
        return done.text().lines().filter(line -> !line.endsWith("/macros.sfl")).toList();
    }

    private List<String> names(Path root) {
        return world.manager.installed(root).stream()
                .map(installed -> installed.name().name())
                .toList();
    }

    private Path ndbRoot() throws IOException {
        Path database = Files.createDirectories(temporary.resolve("ndb/var/lib/rpm"));
        Files.write(database.resolve("Packages.db"), NdbPackagesTest.database());
        return temporary.resolve("ndb");
    }

    private Path bdbRoot(String... names) throws IOException {
        Path sqlite = Files.createDirectory(temporary.resolve("sqlite"));
        Program record = RpmQuery.rpm("rpm", "--dbpath", sqlite.toString(), "-U", "--justdb", "--nodeps")
                .args("--noscripts", "--notriggers", "--nosignature");
        for (String name : names) {
            record = record.args(
                    world.distribution.rpm(TestDistribution.OS_9, name).toString());
        }
        world.host.run(record).orThrow();
        Finished exported = world.host
                .run(RpmQuery.rpm("rpmdb", "--dbpath", sqlite.toString(), "--exportdb"))
                .orThrow();
        Path root = temporary.resolve("bdb");
        BerkeleyPackages.write(exported.stdout(), Files.createDirectories(root.resolve("var/lib/rpm")));
        return root;
    }

    private Path copyOf(Path folder) throws IOException {
        Path copy = Files.createDirectory(temporary.resolve("copy"));
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(String.valueOf(file.getFileName())));
            }
        }
        return copy;
    }
}
