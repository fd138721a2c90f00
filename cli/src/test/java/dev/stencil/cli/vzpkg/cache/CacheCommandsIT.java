package dev.stencil.cli.vzpkg.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.ToolRun;
import dev.stencil.fixtures.SigningKey;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache commands as a user types them, all pieces put together, over a small archive of real packages. */
class CacheCommandsIT {
    private static final String TINY = "tiny-1-x86_64";

    @TempDir
    Path temporary;

    private TinyRepository repository;
    private ToolRun tool;

    @BeforeEach
    void makeHost() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        repository = TinyRepository.in(temporary.resolve("archive"))
                .addBase()
                .add(TinyPackage.named("hello").file("/usr/share/hello", "hello\n"))
                .publish();
        Path root = temporary.resolve("host");
        TinyHost.in(root, repository.record(), repository.keyring(), "tiny-base hello");
        tool = new ToolRun(root);
    }

    @AfterEach
    void removeTrees() throws IOException {
        try (Root directory = Root.open(temporary)) {
            directory.deleteTree("host/vz");
        }
    }

    @Test
    void aCacheIsMade_renewed_listedAndRemoved() {
        assertThat(vzpkg("create cache " + TINY).messages())
                .contains("Cache of tiny-1-x86_64 is ready: generation 1, 2 packages");
        assertThat(vzpkg("create cache " + TINY).messages()).contains("already exists");
        assertThat(vzpkg("list -q -c").data()).contains(TINY);

        assertThat(vzpkg("update cache --json " + TINY).data())
                .contains("\"result\": \"unchanged\"", "\"generation\": 1");

        assertThat(vzpkg("remove cache " + TINY).messages())
                .contains("ROOT/vz/template/stencil/caches/tiny-1-x86_64/0001");
        assertThat(vzpkg("list -q -c -O").data()).isEmpty();
    }

    @Test
    void checkOnly_printsThePlan_andLeavesEverything() {
        var result = vzpkg("create cache -n " + TINY);

        assertThat(result.data()).contains(" hello                  all       1.0\n");
        assertThat(temporary.resolve("host/vz/template/stencil/caches")).doesNotExist();
    }

    @Test
    void quiet_saysNothing() {
        var result = vzpkg("create cache -q " + TINY);

        assertThat(result.data()).isEmpty();
        assertThat(result.messages()).isEmpty();
    }

    @Test
    void verbose_showsTheCommandsThatAreRun() {
        assertThat(vzpkg("create cache -n --verbose " + TINY).messages())
                .containsPattern("(?m)^\\+ .*apt-get .*update")
                .doesNotContain("\tat ");
        assertThat(vzpkg("create cache -n " + TINY).messages()).doesNotContain("\n+ ");
    }

    @Test
    void aStrangersSignature_endsWith70_andAptsWords() throws IOException {
        repository.publishSignedBy(SigningKey.generate(temporary.resolve("stranger"), "M <m@stencil.invalid>"));

        var result = tool.run("vzpkg", "create", "cache", TINY);

        assertThat(result.code()).isEqualTo(70);
        assertThat(result.messages()).contains("is not signed");
    }

    private ToolRun.Result vzpkg(String line) {
        ToolRun.Result result = tool.run(("vzpkg " + line).split(" "));
        assertThat(result.code()).as(result.text()).isZero();
        return result;
    }
}
