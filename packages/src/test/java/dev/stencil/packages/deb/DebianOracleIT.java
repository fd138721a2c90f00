package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import dev.stencil.packages.Keyring;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our roots against those of the distribution's own tools, from the real archive. */
class DebianOracleIT {
    /** What may differ, and why. Times of what scripts make, and of directories, are not compared at all. */
    private static final String[] ALLOWED = {
        // mmdebstrap copies or writes files of the host; here that is the image's and the container's work.
        "etc/{hostname,resolv.conf,fstab}",
        "etc/apt/sources.list",
        // The sandbox has a /dev of its own; mmdebstrap leaves device nodes.
        "dev",
        "dev/**",
        // mmdebstrap has run apt inside the root, we have not.
        "var/cache/apt/archives/{lock,partial}",
        "var/lib/apt/lists/{lock,partial}",
        // Logs and caches, which mmdebstrap deletes; the image does that at the end of a build.
        "var/log/{dpkg,alternatives}.log",
        "var/cache/ldconfig",
        "var/cache/ldconfig/aux-cache",
        // Passwords were last changed on the day of the build's clock; all else in it is compared below.
        "etc/shadow",
        // apt writes the packages in another order; compared as a set.
        "var/lib/apt/extended_states",
        // The state before the last change of all: it tells how many runs of dpkg there were.
        "var/lib/dpkg/status-old",
        "var/cache/debconf/{config,templates}.dat-old",
    };

    private final HostPrograms programs = new HostPrograms();
    private Path directory = Path.of("");

    /** Not a {@code @TempDir}, which warns of each of the thousands of links that lead out of it. */
    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-oracle");
    }

    @AfterEach
    void deleteDirectory() throws IOException {
        try (Root parent = Root.open(Path.of("/var/tmp"))) {
            parent.deleteTree(directory.getFileName().toString());
        }
    }

    @Test
    void minbase_equalsThatOfMmdebstrap() throws IOException {
        DebianArchive archive = DebianArchive.of("debian-12-x86_64-minimal", directory);
        Path theirs = directory.resolve("theirs");
        programs.run(mmdebstrap(archive, theirs)).orThrow();
        Set<String> automatic = automatic(theirs);
        List<String> names = InstalledRoot.read(theirs).packages().stream()
                .map(one -> one.name().name())
                .filter(name -> !automatic.contains(name))
                .toList();

        Path ours = archive.populate("ours", archive.resolve(names));

        assertThat(TreeListing.of(ours)
                        .without(ALLOWED)
                        .differencesFrom(TreeListing.of(theirs).without(ALLOWED)))
                .isEmpty();
        assertThat(shadowWithoutDays(ours)).isEqualTo(shadowWithoutDays(theirs));
        assertThat(InstalledRoot.read(ours).status())
                .as("dpkg's database")
                .isEqualTo(InstalledRoot.read(theirs).status());
        assertThat(automatic(ours)).as("what apt autoremove may take away").isEqualTo(automatic);
    }

    private static List<String> shadowWithoutDays(Path root) throws IOException {
        return Files.readAllLines(root.resolve("etc/shadow")).stream()
                .map(line -> line.replaceFirst("^([^:]*:[^:]*:)\\d+:", "$1DAY:"))
                .toList();
    }

    private static Set<String> automatic(Path root) throws IOException {
        return Paragraph.parseAll(InstalledRoot.read(root).extendedStates()).stream()
                .map(one -> one.require("Package") + one.require("Architecture").replaceFirst("amd64", ""))
                .collect(Collectors.toSet());
    }

    /** The hook makes the links of a merged /usr as debootstrap does, which the shipped template wants too. */
    private Program mmdebstrap(DebianArchive archive, Path target) throws IOException {
        Path keyring = directory.resolve("keyring.gpg");
        List<String> arguments = new ArrayList<>(List.of(
                "--variant=minbase", "--format=directory", "--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr"));
        arguments.addAll(List.of("bookworm", target.toString()));
        for (Repository repository : archive.source.repositories()) {
            Files.write(keyring, Keyring.join(repository.keyrings()));
            arguments.add("deb [signed-by=" + keyring + "] " + repository.location());
        }
        return Program.of("mmdebstrap").args(arguments);
    }

    @Test
    void aServerOfMoreThan300Packages_isConfiguredAndUnharmed() throws IOException {
        DebianArchive archive = DebianArchive.of("debian-12-x86_64", directory);
        List<String> names = new ArrayList<>(List.of(
                "apache2 bind9 samba postfix mariadb-server postgresql redis-server php-fpm php-mysql php-cli php-gd php-xml"
                        .split(" ")));
        names.addAll(
                List.of("systemd systemd-sysv dbus openssh-server cron rsyslog logrotate man-db locales".split(" ")));
        names.addAll(
                List.of("apt git rsync curl python3 dovecot-imapd fail2ban nfs-common tcpdump sudo vim".split(" ")));
        Resolution resolution = archive.resolve(names);

        Path root = archive.populate("server", resolution);

        assertThat(resolution.install()).hasSizeGreaterThan(300);
        assertThat(programs.run(chroot(root, "dpkg-query", "--show", "--showformat=${db:Status-Abbrev}\n"))
                        .orThrow()
                        .text()
                        .lines()
                        .distinct())
                .containsExactly("ii ");
        assertThat(programs.run(chroot(root, "dpkg", "--verify")).orThrow().text())
                .isEmpty();
        assertThat(programs.run(chroot(root, "dpkg", "--audit")).orThrow().text())
                .isEmpty();
    }

    private static Program chroot(Path root, String... command) {
        return Program.of("chroot", root.toString()).args(command);
    }
}
