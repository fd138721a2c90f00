package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite of {@code tests/conformance}, which anybody can run against any vzpkg, against our launcher. */
class ConformanceIT {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private static final String CONTAINER = "2500";

    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void makeHost() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        TinyRepository repository = TinyRepository.in(temporary.resolve("archive"))
                .addBase()
                .add(TinyPackage.named("web"))
                .publish();
        root = temporary.resolve("host");
        TinyHost.in(root, repository.record(), repository.keyring(), "tiny-base")
                .application("web", "packages", "web\n")
                .application("web", "summary", "A web server\n");
    }

    @AfterEach
    void removeTrees() throws IOException {
        run("bin/vzctl", "destroy", CONTAINER);
        try (Root directory = Root.open(temporary)) {
            directory.deleteTree("host/vz");
        }
    }

    @Test
    void theSuitePasses_withACacheAndWithout() throws IOException {
        assertThat(failures(run("tests/conformance/run", "info", "progress"))).isEmpty();
        run("bin/vzpkg", "create", "cache", "-q", "tiny-1-x86_64").orThrow();
        run("bin/vzctl", "create", CONTAINER, "--ostemplate", "tiny-1-x86_64").orThrow();

        Finished suite = run("tests/conformance/run");

        assertThat(failures(suite)).isEmpty();
        assertThat(suite.text()).doesNotContain("# SKIP");
        assertThat(suite.isSuccess()).isTrue();
    }

    private static List<String> failures(Finished suite) {
        return suite.text()
                .lines()
                .filter(line -> line.startsWith("not ok") || line.startsWith("#   ") || line.startsWith("Bail out"))
                .toList();
    }

    private Finished run(String program, String... words) throws IOException {
        return new HostPrograms()
                .run(Program.of(HOME.resolve(program).toString(), words)
                        .env("PATH", HOME.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin")
                        .env("CT", CONTAINER)
                        .env("STENCIL_ROOT", root.toString()));
    }
}
