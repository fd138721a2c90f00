package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Progress;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.linux.oci.Sandbox;
import dev.stencil.packages.AmendHooks;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages come into a system that is not running: the quick way and dpkg alone end alike. */
class RootAmendmentIT {
    @TempDir
    Path directory;

    private TinyArchive archive;

    @BeforeEach
    void offer() throws IOException {
        archive = TinyArchive.in(directory);
        archive.repository
                .addBase()
                .add(TinyPackage.named("hello")
                        .depends("tiny-base")
                        .file("/usr/share/hello", "1")
                        .file("/usr/share/common", "hello's")
                        .script("postinst", "echo \"$*\" >> /var/hello"))
                .add(TinyPackage.named("web")
                        .depends("web-common")
                        .conffile("/etc/web.conf", "a=1\n")
                        .file("/usr/share/web", "pages\n")
                        .script("preinst", "echo \"$*\" > /var/web")
                        .script("postinst", "/usr/sbin/policy-rc.d || echo \"$* $?\" >> /var/web"))
                .add(TinyPackage.named("web-common")
                        .field("Replaces", "hello")
                        .file("/usr/share/common", "web's")
                        .file("/usr/share/doc/web", "words"))
                .publish();
    }

    @Test
    void newPackages_endAsDpkgEndsThem() throws IOException {
        Path quick = archive.populate("quick", "hello");
        Path slow = archive.populate("slow", "hello");
        Resolution plan = plan(quick, new PackageRequest.Install(List.of("web")));

        amend(quick, amendment -> amendment.carryOut(plan, Progress.NONE));
        amend(slow, amendment -> amendment.carryOutByDpkg(plan, Progress.NONE));

        assertThat(comparable(quick)).isEqualTo(comparable(slow));
        assertThat(Files.readString(quick.resolve("usr/share/common"))).isEqualTo("web's");
        assertThat(Files.readString(quick.resolve("var/web"))).endsWith("configure  101\n");
        assertThat(quick.resolve("usr/sbin/policy-rc.d")).doesNotExist();
    }

    @Test
    void newerPackages_replaceTheOldOnes() throws IOException {
        Path root = archive.populate("root", "hello");
        archive.repository
                .add(TinyPackage.named("hello")
                        .version("2.0")
                        .depends("tiny-base")
                        .file("/usr/share/hello", "2")
                        .script("postinst", "echo \"$*\" >> /var/hello"))
                .publish();
        archive.manager.refresh(archive.source(), Freshness.ALWAYS, Progress.NONE);
        Resolution plan = plan(root, new PackageRequest.Renew(List.of("web-common")));

        amend(root, amendment -> amendment.carryOut(plan, Progress.NONE));

        assertThat(root.resolve("usr/share/hello")).hasContent("2");
        assertThat(root.resolve("usr/share/doc/web")).hasContent("words");
        assertThat(root.resolve("var/hello")).hasContent("configure \nconfigure 1.0\n");
    }

    @Test
    void aPolicyOfTheSystemsOwn_isPutBack() throws IOException {
        Path root = archive.populate("root", "hello");
        Files.writeString(root.resolve("usr/sbin/policy-rc.d"), "its own");
        Resolution plan = plan(root, new PackageRequest.Install(List.of("web-common")));

        amend(root, amendment -> amendment.carryOut(plan, Progress.NONE));

        assertThat(root.resolve("usr/sbin/policy-rc.d")).hasContent("its own");
    }

    @Test
    void aPackageThatFails_isNamed() throws IOException {
        Path root = archive.populate("root", "hello");
        archive.repository
                .add(TinyPackage.named("broken").script("postinst", "echo no luck >&2; exit 3"))
                .publish();
        archive.manager.refresh(archive.source(), Freshness.ALWAYS, Progress.NONE);
        Resolution plan = plan(root, new PackageRequest.Install(List.of("broken")));

        assertThatThrownBy(() -> amend(root, amendment -> amendment.carryOut(plan, Progress.NONE)))
                .hasMessageContaining("broken")
                .hasMessageContaining("no luck");
    }

    private Resolution plan(Path root, PackageRequest request) {
        Resolution plan = archive.manager.resolve(archive.source(), root, request);
        archive.manager.fetch(archive.source(), plan, Progress.NONE);
        return plan;
    }

    private interface Work {
        void on(RootAmendment amendment) throws IOException;
    }

    private void amend(Path path, Work work) throws IOException {
        try (Root root = Root.open(path);
                Sandbox sandbox = Sandboxes.in(directory.resolve("run"), new HostPrograms())
                        .open(path, TinyArchive.CLOCK)) {
            work.on(new RootAmendment(root, sandbox, Map.of(), archive.store::path, NO_SCRIPTS));
        }
    }

    /** Without what depends on when and how often dpkg wrote. */
    private static Map<String, TreeListing.Entry> comparable(Path root) throws IOException {
        Map<String, TreeListing.Entry> entries =
                new TreeMap<>(TreeListing.of(root).entries());
        entries.keySet()
                .removeIf(path -> path.startsWith("var/log/")
                        || path.startsWith("var/lib/dpkg/") && path.endsWith("-old")
                        || path.endsWith("/dpkg/lock")
                        || path.endsWith("/dpkg/lock-frontend")
                        || path.endsWith("/dpkg/triggers/Lock"));
        return entries;
    }

    private static final AmendHooks NO_SCRIPTS = new AmendHooks() {
        @Override
        public Instant clock() {
            return TinyArchive.CLOCK;
        }

        @Override
        public void before(ProgramRunner inside) {}

        @Override
        public void after(ProgramRunner inside) {}
    };
}
