package dev.stencil.checkout;

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
            "linux fixtures host template packages image container cli-library cli packaging checkout fuzz";
    private static final String USE_LINUX =
            "linux fixtures host template packages image container cli packaging checkout fuzz";

    private static final String USE_FIXTURES = "fixtures template packages image container cli packaging checkout fuzz";

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
        "templates/debian/12/x86_64/config/os/default/packages, template packages image container cli packaging checkout fuzz",
        "bin/vzpkg, cli packaging checkout",
        "quickstart, checkout",
        "tools/jdk.pin, checkout",
        "tools/mirror/store.py, " + USE_FIXTURES,
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
                touched=$(rooms_touched_since "$3") || exit
                mapfile -t touched < <(printf '%s' "$touched")
                with_users "${touched[@]}"
                """,
                revision);
    }

    @ParameterizedTest
    @CsvSource({
        "container, cli:a.PlainIT",
        "image, cli:a.PlainIT cli:a.OneIT",
        "container image, cli:a.PlainIT cli:a.OneIT",
        "template container, cli:a.PlainIT cli:a.OneIT",
        "cli, cli:a.PlainIT cli:a.OneIT cli:a.TwoIT",
        "'', ''",
    })
    void aClassOfRoomsThatUseTheChange_isLeftOutIfNothingElseWasTouched(String touched, String left)
            throws IOException {
        source("Plain", "// @NotAffectedBy(\"image\") in passing");
        source("One", "@NotAffectedBy(\"container\")");
        source("Two", "@NotAffectedBy({\"container\", \"image\", \"template\"})");

        String said = run(
                        """
                        . "$1/tools/check-scope.sh"
                        cd "$2"
                        printf 'cli:a.%sIT\\n' Plain One Two | affected_by $3
                        """,
                        touched)
                .orThrow()
                .text();

        assertThat(said.strip().replace('\n', ' ')).isEqualTo(left);
    }

    private void source(String name, String annotation) throws IOException {
        Path file = repository.resolve("cli/src/test/java/a/" + name + "IT.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "package a;\n\n" + annotation + "\nclass " + name + "IT {}\n");
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
