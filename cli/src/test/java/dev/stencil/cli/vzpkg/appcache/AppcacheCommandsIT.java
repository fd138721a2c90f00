package dev.stencil.cli.vzpkg.appcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.ToolRun;
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

/** Caches with applications as a user types for them, all pieces put together, over a small archive of real packages. */
class AppcacheCommandsIT {
    @TempDir
    Path temporary;

    private TinyRepository repository;
    private Path root;
    private ToolRun tool;

    @BeforeEach
    void makeHost() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        repository = TinyRepository.in(temporary.resolve("archive"))
                .addBase()
                .add(TinyPackage.named("hello").file("/usr/share/hello", "hello\n"))
                .add(TinyPackage.named("web").depends("hello").file("/usr/share/web", "pages\n"))
                .add(TinyPackage.named("shop").file("/usr/share/shop", "goods\n"))
                .publish();
        root = temporary.resolve("host");
        TinyHost host = TinyHost.in(root, repository.record(), repository.keyring(), "tiny-base");
        host.application("web", "packages", "web\n");
        host.application("shop", "packages", "shop\n");
        // Comes with web, and so is detected beside it.
        host.application("greeting", "packages", "hello\n");
        Files.writeString(
                root.resolve("etc/vz/conf/ve-shop.conf-sample"),
                "OSTEMPLATE=\".tiny-1-x86_64\"\nTEMPLATES=\" .web .shop\"\n");
        tool = new ToolRun(root);
    }

    @AfterEach
    void removeTrees() throws IOException {
        try (Root directory = Root.open(temporary)) {
            directory.deleteTree("host/vz");
        }
    }

    @Test
    void anAppcacheIsMade_listed_usedForAContainer_updatedAndRemoved() throws IOException {
        assertThat(run(0, "vzpkg create appcache --config shop").messages())
                .contains("is ready: generation 1, 4 packages");
        assertThat(run(0, "vzpkg create appcache --config shop").messages()).contains("already exists");
        assertThat(run(0, "vzpkg list appcache").data())
                .startsWith("tiny-1-x86_64                      20")
                .endsWith("\n     shop\n     web\n\n");
        assertThat(run(0, "vzpkg info -q --config shop").data())
                .matches("ROOT/vz/template/stencil/caches/tiny-1-x86_64_app_[0-9a-f]{32}/0001\n");

        run(0, "vzctl create 722 --config shop");
        assertThat(Files.readString(root.resolve("etc/vz/conf/722.conf")))
                .contains("TEMPLATES=\" .web .shop .greeting\"");
        assertThat(root.resolve("vz/private/722/templates/greeting/timestamp")).exists();
        run(0, "vzctl destroy 722");

        repository
                .add(TinyPackage.named("shop").version("2.0").file("/usr/share/shop", "more\n"))
                .publish();
        assertThat(run(0, "vzpkg update appcache -r -n --update-cache --config shop")
                        .data())
                .isEqualTo(" shop                   all       2.0\n");
        assertThat(run(0, "vzpkg update appcache --json --update-cache --config shop")
                        .data())
                .contains("\"result\": \"built\"", "\"generation\": 2");
        assertThat(run(0, "vzpkg update appcache --update-cache --config shop").messages())
                .contains("is up to date");

        assertThat(run(0, "vzpkg remove appcache --config shop").messages()).contains("/0002");
        assertThat(run(0, "vzpkg list appcache").data()).isEmpty();
        assertThat(run(0, "vzpkg list -q -c -O").data()).contains("tiny-1-x86_64");
        run(23, "vzpkg info --config shop");
    }

    @Test
    void creatingAContainer_makesTheCacheOfItsApplications() {
        assertThat(run(0, "vzctl create 723 --config shop").messages())
                .contains("tiny-1-x86_64 with web shop is not cached yet; its cache is being made");

        assertThat(run(0, "vzpkg list appcache").data()).contains("     web\n");
        run(0, "vzctl destroy 723");
    }

    private ToolRun.Result run(int code, String line) {
        ToolRun.Result result = tool.run(line.split(" "));
        assertThat(result.code()).as(line + "\n" + result.text()).isEqualTo(code);
        return result;
    }
}
