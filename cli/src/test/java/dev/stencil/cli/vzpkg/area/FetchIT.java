package dev.stencil.cli.vzpkg.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.ToolRun;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.fixtures.lane.NotAffectedBy;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fetch}, {@code update metadata} and {@code vzpkgcache} with the real apt on a mirror that goes away. */
@NotAffectedBy("container")
class FetchIT {
    private static final String TINY = "tiny-1-x86_64";

    @TempDir
    Path temporary;

    private TinyRepository repository;
    private TinyMirror mirror;
    private TinyHost host;
    private ToolRun tool;

    @BeforeEach
    void makeHost() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        repository = TinyRepository.in(temporary.resolve("archive"))
                .addBase()
                .add(TinyPackage.named("hello").file("/usr/share/hello", "hello\n"))
                .add(TinyPackage.named("web").depends("libweb"))
                .add(TinyPackage.named("libweb"))
                .publish();
        mirror = TinyMirror.serving(repository.directory());
        Path root = temporary.resolve("host");
        host = TinyHost.in(root, mirror.record(), repository.keyring(), "tiny-base")
                .set("full", "packages", "hello\n")
                .application("web", "packages", "web\n");
        tool = new ToolRun(root);
    }

    @AfterEach
    void removeTrees() throws IOException {
        mirror.close();
        try (Root directory = Root.open(temporary)) {
            directory.deleteTree("host/vz");
        }
    }

    @Test
    void afterFetch_cachesOfTheWholeFamilyNeedNoNetwork() throws IOException {
        ToolRun.Result fetched = expect(0, "fetch " + TINY);
        assertThat(fetched.messages()).contains(TINY + ": 1 packages", TINY + " web: 3 packages");
        mirror.close();

        expect(0, "create cache -C " + TINY + " " + TINY + "-full");
        expect(0, "create appcache -C --ostemplate " + TINY + " --apptemplate web");
    }

    @Test
    void fetchOfOneKind_leavesTheOtherOut() {
        assertThat(expect(0, "fetch --json -O " + TINY).data())
                .contains(TINY + "-full")
                .doesNotContain(" web\"");
        assertThat(expect(0, "fetch --json -O -A -P " + TINY).data())
                .contains(TINY + " web\"")
                .doesNotContain("-full");
    }

    @Test
    void fetchStopsAtTheFirstFailure_andGoesOnWhenForced() throws IOException {
        host.set("broken", "packages", "no-such-package\n");

        ToolRun.Result stopped = expect(70, "fetch -P " + TINY);
        assertThat(stopped.messages()).contains(TINY + "-broken: ").doesNotContain(TINY + "-full: ");

        ToolRun.Result forced = expect(70, "fetch -f -P " + TINY);
        assertThat(forced.messages()).contains(TINY + "-full: 2 packages", TINY + "-broken was not fetched");
    }

    @Test
    void updateMetadata_bringsNewListsBeforeTheyExpire() throws IOException {
        expect(0, "update metadata");
        repository.add(TinyPackage.named("hello").version("2.0")).publish();

        assertThat(expect(0, "list -p " + TINY).data()).contains("hello.all ").doesNotContain("2.0");
        expect(0, "update metadata ." + TINY);
        assertThat(expect(0, "list -p -C " + TINY).data()).contains("2.0");
    }

    @Test
    void listsExpire_afterTheTimeThatVzttConfSays() throws IOException {
        Files.writeString(host.root().resolve("etc/vztt/vztt.conf"), "METADATA_EXPIRE=\"0\"\n");
        expect(0, "list -p " + TINY);
        repository.add(TinyPackage.named("hello").version("2.0")).publish();

        assertThat(expect(0, "list -p " + TINY).data()).contains("2.0");
    }

    @Test
    void brokenRepositoriesOfAnApplication_arePassedOver() throws IOException {
        host.application("other", "packages", "x\n")
                .application("other", "repositories", "http://127.0.0.1:1/ tiny main\n");

        ToolRun.Result result = expect(0, "update metadata");

        assertThat(result.messages()).contains("Skipped package lists of other");
        expect(0, "create cache -C " + TINY);
    }

    @Test
    void vzpkgcache_createsAndRenewsCaches() throws IOException {
        assertThat(tool.run("vzpkgcache", TINY).messages()).contains("is ready: generation 1");
        repository
                .add(TinyPackage.named("tiny-extra"))
                .add(TinyPackage.named("hello").version("2.0"))
                .publish();
        host.os("packages", "tiny-base hello\n");

        ToolRun.Result again = tool.run("vzpkgcache", "-r", TINY);

        assertThat(again.code()).as(again.text()).isZero();
        assertThat(again.messages()).contains("is ready: generation 2");
    }

    private ToolRun.Result expect(int code, String line) {
        ToolRun.Result result = tool.run(("vzpkg " + line).split(" "));
        assertThat(result.code()).as(line + "\n" + result.text()).isEqualTo(code);
        return result;
    }
}
