package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import dev.stencil.host.VzttConf;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Sandboxes;
import dev.stencil.template.TemplateArea;
import dev.stencil.template.UrlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real apt resolves on the host, the root's own dpkg works in a directory that plays the container. */
class PackageWorkIT {
    private static final PackageOptions FRESH = new PackageOptions(Freshness.ALWAYS, false, false, true);

    private static Path home;
    private static TinyRepository repository;

    private Path work;
    private TinyHost tiny;
    private ChrootContainer container;
    private ContainerPackages services;

    @BeforeAll
    static void makeRoot() throws IOException {
        home = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-package-work");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        repository = TinyRepository.in(home.resolve("archive")).addBase().publish();
        String source = "deb " + repository.record().replaceFirst("^file:", "copy:");
        new HostPrograms()
                .run(Program.of("mmdebstrap", "--quiet", "--variant=essential", "--keyring=" + repository.keyring())
                        .args("tiny", home.resolve("root").toString(), source))
                .orThrow();
    }

    @AfterAll
    static void removeAll() throws IOException {
        try (Root parent = Root.open(home.getParent())) {
            parent.deleteTree(home.getFileName().toString());
        }
    }

    @BeforeEach
    void makeContainer() throws IOException {
        work = Files.createTempDirectory(home, "test");
        tiny = TinyHost.in(work.resolve("host"), repository.record(), repository.keyring(), "");
        Path root = work.resolve("root");
        new HostPrograms()
                .run(Program.of("cp", "-a", home.resolve("root").toString(), root.toString()))
                .orThrow();
        container = new ChrootContainer(root, work.resolve("templates"));
        services = services();
    }

    @Test
    void install_bringsATemplateWithItsDependencies_andRemoveLeavesTheDependencies() throws IOException {
        offer(
                TinyPackage.named("web").depends("lib").script("postinst", "echo web >> /configured"),
                TinyPackage.named("lib").script("postinst", "echo lib >> /configured"));
        tiny.application("site", "packages", "web\n");

        PackageChanges came = services.applications().install("401", List.of("site"), FRESH, Progress.NONE);

        assertThat(came.added()).extracting(PackageName::name).containsExactly("lib", "web");
        assertThat(container.root().resolve("configured")).hasContent("lib\nweb\n");
        assertThat(container.applications).containsExactly("site");
        assertThat(container.templates().resolve("vzpackages"))
                .content()
                .contains(" web                    all       1.0");
        assertNothingLeftBehind();

        PackageChanges went =
                services.applications().remove("401", List.of("site"), false, PackageOptions.DEFAULT, Progress.NONE);

        assertThat(went.removed()).extracting(PackageName::name).containsExactly("web");
        assertThat(installed()).contains("lib").doesNotContain("web");
        assertThat(container.applications).isEmpty();
    }

    @Test
    void remove_isRefusedNamingWhatNeedsThePackages_andTakesItAlongWithDependants() throws IOException {
        offer(TinyPackage.named("shop"), TinyPackage.named("plugin").depends("shop"));
        tiny.application("site", "packages", "shop\n");
        services.packages().install("401", List.of("shop", "plugin"), FRESH, Progress.NONE);
        assertThat(container.applications).as("recognised by its packages").containsExactly("site");

        assertFault(Fault.PACKAGE_MANAGER, "plugin", () -> services.applications()
                .remove("401", List.of("site"), false, PackageOptions.DEFAULT, Progress.NONE));
        assertThat(installed()).contains("shop", "plugin");

        PackageChanges went =
                services.applications().remove("401", List.of("site"), true, PackageOptions.DEFAULT, Progress.NONE);
        assertThat(went.removed()).extracting(PackageName::name).containsExactly("plugin", "shop");
    }

    @Test
    void update_bringsNewerVersionsOfWhatIsInstalled_andStatusKnowsBefore() throws IOException {
        offer(TinyPackage.named("news").version("1.0"), TinyPackage.named("other"));
        services.packages().install("401", List.of("news", "other"), FRESH, Progress.NONE);
        offer(TinyPackage.named("news").version("1:2.0"));

        assertThat(services.inventory().outdated("401", Freshness.ALWAYS, Progress.NONE))
                .extracting(outdated ->
                        outdated.installed() + " " + outdated.offered().version())
                .containsExactly("news=1.0:all 1:2.0");

        PackageChanges changes = services.packages().update("401", List.of(), false, FRESH, Progress.NONE);

        assertThat(changes).isEqualTo(new PackageChanges(List.of(new PackageName("news", "1:2.0", "all")), List.of()));
        assertThat(services.inventory().outdated("401", Freshness.LOCAL_ONLY, Progress.NONE))
                .isEmpty();
    }

    @Test
    void install_failsWithTheWordsOfAFailingScript_andTheBrokenPackageCanBeRemoved() throws IOException {
        offer(TinyPackage.named("broken").script("postinst", "echo the moon is full >&2; exit 3"));
        tiny.application("site", "packages", "broken\n");

        assertFault(Fault.PACKAGE_MANAGER, "the moon is full", () -> services.applications()
                .install("401", List.of("site"), FRESH, Progress.NONE));
        assertThat(container.applications).isEmpty();
        assertNothingLeftBehind();

        PackageChanges went =
                services.packages().remove("401", List.of("broken"), false, PackageOptions.DEFAULT, Progress.NONE);
        assertThat(went.removed()).extracting(PackageName::name).containsExactly("broken");
    }

    @Test
    void install_namesAPackageThatDoesNotExist() {
        assertFault(Fault.PACKAGE_MANAGER, "no-such-package", () -> services.packages()
                .install("401", List.of("no-such-package"), FRESH, Progress.NONE));
    }

    @Test
    void installFiles_takesAFileOfTheHostAndWhatItNeedsFromTheRepository() throws IOException {
        offer(TinyPackage.named("codec"));
        Path file = TinyPackage.named("home-made").depends("codec").build(work);

        PackageChanges changes = services.packages().installFiles("401", List.of(file), FRESH, Progress.NONE);

        assertThat(changes.added()).extracting(PackageName::name).containsExactly("codec", "home-made");
        assertThat(services.inventory().customPackages("401", Freshness.LOCAL_ONLY, Progress.NONE))
                .extracting(found -> found.name().name())
                .containsExactly("home-made");
        assertNothingLeftBehind();
    }

    @Test
    void install_changesNothing_whenAPackageFileWasAltered() throws IOException {
        offer(TinyPackage.named("altered"));
        var question = new PackageOptions(Freshness.ALWAYS, true, false, true);
        services.packages().install("401", List.of("altered"), question, Progress.NONE);
        Path file = repository.debs().getLast();
        byte[] content = Files.readAllBytes(file);
        Files.writeString(file, "not the package of the index");

        try {
            assertFault(Fault.FETCH_FAILED, "altered", () -> services.packages()
                    .install("401", List.of("altered"), PackageOptions.DEFAULT, Progress.NONE));
        } finally {
            Files.write(file, content);
        }
        assertThat(installed()).doesNotContain("altered");
    }

    private void offer(TinyPackage... packages) throws IOException {
        for (TinyPackage one : packages) {
            repository.add(one);
        }
        repository.publish();
    }

    private List<String> installed() {
        return services.inventory().packages("401").stream()
                .map(found -> found.name().name())
                .toList();
    }

    private void assertNothingLeftBehind() throws IOException {
        try (var entries = Files.list(container.root())) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".stencil") || name.startsWith("vztt"));
        }
    }

    private ContainerPackages services() {
        var layout = new HostLayout(tiny.root());
        TemplateArea area = TemplateArea.open(layout, VzConf.read(layout));
        var programs = new HostPrograms();
        var store = new PackageStore(work.resolve("store"), Proxies.NONE);
        PackageManagers managers = PackageManagers.with(
                programs, store, Sandboxes.in(work.resolve("sandboxes"), programs), Clock.systemUTC());
        var drivers = new PackageDrivers(managers, new PackageSources(UrlMap.of(area), VzttConf.read(layout)));
        var host = new ContainerPackages.Host(programs, Map.of(), Clock.systemUTC(), this::atOnce);
        return ContainerPackages.of(name -> container, area, drivers, true, host);
    }

    private <T> T atOnce(Supplier<T> work) {
        return work.get();
    }

    private static void assertFault(Fault fault, String words, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(words);
    }
}
