package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rooms {@code ./check changed} takes, by the POMs of this checkout. */
class CheckScopeTest {
    private static final String ALL =
            "linux fixtures host template packages image container cli-library cli packaging fuzz";
    private static final String USE_LINUX = "linux fixtures host template packages image container cli packaging fuzz";

    @TempDir
    Path repository;

    @BeforeEach
    void makeRepository() throws IOException {
        shell(
                """
                cd "$1"
                find . -maxdepth 2 -name pom.xml -exec cp --parents --target-directory="$2" {} +
                cd "$2"
                git init --quiet
                git add --all
                git -c user.name=t -c user.email=t@stencil.invalid commit --quiet --message=first
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "cli/src/main/java/A.java, cli",
        "container/src/test/java/ATest.java, container cli fuzz",
        "image/pom.xml, image container cli fuzz",
        "packaging/deb/make, packaging",
        "templates/debian/12/x86_64/config/os/default/packages, template packages image container cli packaging fuzz",
        "bin/vzpkg, cli packaging",
        "fuzz/corpus/LockFuzz/1, fuzz",
        "README.md, ''",
        "docs/decisions/0001-host-room.md, ''",
        "tools/lane, " + ALL,
        "check, " + ALL,
        "linux/src/main/java/A.java, " + USE_LINUX,
    })
    void aChange_touchesItsRoomAndThoseThatUseIt(String path, String rooms) throws IOException {
        Path file = repository.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "changed\n" + (Files.exists(file) ? Files.readString(file) : ""));

        assertThat(roomsSince("HEAD").text().strip().replace('\n', ' ')).isEqualTo(rooms);
    }

    @Test
    void withoutAChange_thereIsNoRoom() throws IOException {
        assertThat(roomsSince("HEAD").text()).isEmpty();
    }

    @Test
    void anUnknownRevision_isTold() throws IOException {
        Finished done = roomsSince("nowhere");

        assertThat(done.status()).isEqualTo(2);
        assertThat(done.stderrEnd()).contains("git does not know the revision \"nowhere\"");
    }

    private Finished roomsSince(String revision) throws IOException {
        return run(
                """
                . "$1/tools/check-scope.sh"
                cd "$2"
                mapfile -t modules < <(sed -n 's|^    <module>\\(.*\\)</module>$|\\1|p' pom.xml)
                rooms_changed_since "$3"
                """,
                revision);
    }

    private void shell(String script) throws IOException {
        run("set -e\n" + script, "").orThrow();
    }

    private Finished run(String script, String argument) throws IOException {
        return new HostPrograms()
                .run(Program.of("bash", "-c", script, "bash")
                        .args(Path.of("..").toAbsolutePath().normalize().toString(), repository.toString(), argument)
                        .env("PATH", "/usr/bin:/bin")
                        .env("HOME", repository.toString()));
    }
}
