package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TreeSnapshot;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.VzttConf;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerRecipe;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Repository;
import dev.stencil.template.HostSetup;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import dev.stencil.template.UrlMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole cache of the shipped {@code debian-12-x86_64-minimal} against mmdebstrap, both from the host's own archive. */
class CacheOracleIT {
    private static final String MINIMAL = "debian-12-x86_64-minimal";

    /** Where the two may differ, by the beginning of the path, and why. */
    private static final Map<String, String> ALLOWED = allowed();

    private static Map<String, String> allowed() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("dev/", "mmdebstrap leaves device nodes; a container's /dev is mounted when it starts");
        reasons.put("run/", "mmdebstrap's last program leaves /run/lock; /run is mounted when a container starts");
        reasons.put("etc/fstab", "written by mmdebstrap; a container mounts nothing itself");
        reasons.put("etc/hostname", "copied from the build host by mmdebstrap");
        reasons.put("etc/hosts", "written by mmdebstrap; a container gets its own");
        reasons.put("etc/resolv.conf", "copied from the build host by mmdebstrap");
        reasons.put("etc/machine-id", "mmdebstrap makes it anew with mode 0644, systemd itself uses 0444");
        reasons.put("etc/group", "lines in another order, see the test of their content");
        reasons.put("etc/gshadow", "as etc/group");
        reasons.put("etc/passwd-", "the state before the last change, which the image does not keep (decision 0064)");
        reasons.put("etc/systemd/system/first-start-", "units of the template's post-install for what is volatile");
        reasons.put("etc/systemd/system/multi-user.target.wants/first-start-", "as above");
        reasons.put("var/cache/debconf/config.dat-old", "as etc/passwd-");
        reasons.put("var/cache/debconf/templates.dat-old", "as etc/passwd-");
        reasons.put("etc/shadow", "as etc/group");
        reasons.put("var/cache/apt/archives/", "made by apt inside mmdebstrap; apt makes it again");
        reasons.put("var/lib/apt/lists/", "as above");
        reasons.put("var/lib/apt/extended_states", "mmdebstrap counts what --include names as chosen, in several runs");
        reasons.put(
                "var/lib/dpkg/status-old", "the state before the last change: tells how many runs of dpkg there were");
        return reasons;
    }

    private static final Set<Instant> CLOCKS = new HashSet<>();

    @TempDir
    static Path temporary;

    private static Path ours;
    private static Path theirs;
    private static Instant begin;

    @BeforeAll
    static void makeBoth() throws IOException {
        Files.setPosixFilePermissions(temporary, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        begin = Instant.now();
        var layout = new HostLayout(temporary.resolve("host"));
        var area = TemplateArea.open(layout, new HostSetup(layout, Path.of("..").toRealPath()).ensure());
        OsTemplate template = area.require(MINIMAL);
        var caches = TinyWorld.caches(layout.root());
        caches.create(new CreateCacheRequest(MINIMAL, false, CacheOptions.DEFAULT), Progress.NONE);
        Generation made = caches.find(template).orElseThrow();
        for (Layer layer : made.layers()) {
            CLOCKS.add(LayerRecipe.clockOf(layer));
        }
        ours = Files.createDirectories(temporary.resolve("ours/root"));
        Mounts.overlay(
                ours,
                made.trees(),
                Files.createDirectory(temporary.resolve("ours/upper")),
                Files.createDirectory(temporary.resolve("ours/work")));
        theirs = temporary.resolve("mmdebstrap");
        var sources = new PackageSources(UrlMap.of(area), VzttConf.read(layout), Proxies.NONE);
        mmdebstrap(template, sources.of(template, List.of()));
    }

    /** Whole systems are no business of a test framework's deletion: their links lead to the host's files. */
    @AfterAll
    static void remove() throws IOException {
        Mounts.detachBelow(temporary);
        try (Root directory = Root.open(temporary)) {
            directory.deleteTree("ours");
            directory.deleteTree("host");
            directory.deleteTree("mmdebstrap");
        }
    }

    private static void mmdebstrap(OsTemplate template, PackageSource source) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Repository repository : source.repositories()) {
            lines.add("deb " + repository.location());
        }
        List<String> arguments = new ArrayList<>(List.of(
                "--quiet",
                "--variant=essential",
                "--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr",
                "--include=" + String.join(",", template.cachePackages())));
        source.keyrings().forEach(keyring -> arguments.add("--keyring=" + keyring));
        arguments.addAll(List.of("bookworm", theirs.toString(), "-"));
        byte[] list = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        new HostPrograms()
                .run(Program.of("mmdebstrap").args(arguments).input(new Program.Input.Bytes(list)))
                .orThrow();
    }

    @Test
    void tree_isThatOfMmdebstrap_exceptWhereAReasonIsGiven() throws IOException {
        List<String> differences =
                TreeSnapshot.of(ours, begin).differencesFrom(TreeSnapshot.of(theirs, begin), "mmdebstrap").stream()
                        .filter(line -> CLOCKS.stream().noneMatch(clock -> isTimeAlone(line, clock)))
                        .toList();

        assertThat(differences.stream().filter(line -> ALLOWED.keySet().stream().noneMatch(line::startsWith)))
                .isEmpty();
        assertThat(ALLOWED.keySet()).as("each reason is still needed").allMatch(path -> differences.stream()
                .anyMatch(line -> line.startsWith(path)));
    }

    @Test
    void users_andGroupsHaveTheSameNumbersAndMembers() throws IOException {
        for (String file : List.of("etc/passwd", "etc/group", "etc/shadow", "etc/gshadow")) {
            assertThat(users(ours.resolve(file)))
                    .as(file)
                    .containsExactlyInAnyOrderElementsOf(users(theirs.resolve(file)));
        }
    }

    /** What the build made has the time of its layer's clock in ours, and no time that is compared in mmdebstrap's. */
    private static boolean isTimeAlone(String line, Instant clock) {
        String[] sides = line.substring(line.indexOf(": ") + 2).split(" \\| mmdebstrap: ", 2);
        return sides[0].replace(" @" + clock.getEpochSecond(), "").equals(sides[1]);
    }

    /** Without the days of the last change of passwords: ours are the clock's, mmdebstrap's are today. */
    private static List<String> users(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> file.endsWith("shadow") ? line.replaceFirst("^([^:]*:[^:]*:)\\d+:", "$1DAY:") : line)
                .toList();
    }

    @Test
    void packages_areAllInstalledAndVerify() throws IOException {
        var runner = new HostPrograms();
        Program query = Program.of("dpkg-query", "--root=" + ours, "-W", "-f", "${db:Status-Abbrev}\n");

        assertThat(runner.run(query).orThrow().text().lines())
                .hasSizeGreaterThan(90)
                .allMatch("ii "::equals);
        assertThat(runner.run(Program.of("dpkg", "--root=" + ours, "--audit")).text())
                .isEmpty();
        assertThat(runner.run(Program.of("dpkg", "--root=" + ours, "--verify")).text())
                .isEmpty();
    }
}
