package dev.stencil.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.SystemRoot;
import dev.stencil.fixtures.TinyAuthority;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The .deb in a fresh Debian root that has what it depends on and no Java: installed, used, upgraded, removed, purged. */
class InstalledDebIT {
    private static final String INSTALL = "dpkg --install /packages/stencil_*-1_amd64.deb >/dev/null 2>&1\n";

    @TempDir
    static Path packages;

    @TempDir
    Path work;

    private SystemRoot root = new SystemRoot(List.of(), Path.of("/"), List.of());

    @BeforeAll
    static void makePackages() throws IOException {
        Packaged.make(packages, 1, "deb");
    }

    @BeforeEach
    void freshRoot() throws IOException {
        root = SystemRoot.over(Packaged.installed(), work);
    }

    @Test
    void answersWithoutJava() throws IOException {
        String said = succeed(
                """
                ! command -v java
                vzpkg list --os --quiet
                vzlist --all
                vzpkg info -q debian-12-x86_64 name
                vzpkg help 2>&1
                prlctl list
                cat /etc/vz/vz.conf /etc/vztt/url.map
                cd /usr/share && ls man/man*/*.gz bash-completion/completions/* zsh/vendor-completions/* fish/vendor_completions.d/*
                """);

        assertThat(said)
                .contains("debian-12-x86_64-minimal")
                .contains("CTID      NPROC STATUS")
                .containsPattern("(?m)^debian-12-x86_64$")
                .contains("create cache")
                .contains("VE_PRIVATE=")
                .contains("$DEB_SERVER")
                .contains("man/man8/vzpkg.8.gz", "man/man8/vzctl.8.gz")
                .contains("bash-completion/completions/vzpkg", "zsh/vendor-completions/_vzpkg")
                .contains("fish/vendor_completions.d/vzpkg.fish");
    }

    @Test
    void loadsItsClassesFromTheCachesThatCameWithIt() throws IOException {
        String counts = succeed(
                """
                vzpkg list >/dev/null
                for words in 'vzpkg list' 'vzpkg info -q debian-12-x86_64 name' 'vzlist --all' 'vzctl create --help'; do
                    JAVA_TOOL_OPTIONS=-Xlog:class+load:file=/tmp/classes $words >/dev/null 2>&1
                    grep -vc 'source: shared objects file' /tmp/classes || :
                done
                """);

        assertThat(counts.lines().map(Integer::parseInt)).hasSize(4).allMatch(outside -> outside < 20);
    }

    @Test
    void containersRunOnThroughAnUpgrade_andComeBackAtTheNextBoot() throws IOException {
        Path both = Packaged.make(packages, 2, "deb");
        String said = root.succeed(
                both,
                TinyCache.SCRIPT
                        + """
                vzctl create 2801 --ostemplate debian-12-x86_64 >/dev/null
                vzctl create 2802 --ostemplate debian-12-x86_64 >/dev/null
                vzctl set 2802 --onboot auto --save >/dev/null
                show() { vzlist --all -H -o ctid,status,onboot | tr -s ' \\n' '  '; echo; }
                echo "first boot: $(/usr/lib/stencil/boot start 2>&1; show)"
                vzctl start 2802 >/dev/null
                dpkg --install /packages/stencil_*-2_amd64.deb >/dev/null
                echo "upgraded: $(dpkg-query --show --showformat '${Version}' stencil) $(show)"
                vzctl exec 2801 echo inside
                echo "shut down: $(/usr/lib/stencil/boot stop; show)"
                echo "next boot: $(/usr/lib/stencil/boot start 2>&1; show)"
                dpkg --remove stencil >/dev/null 2>&1
                ls -d /vz/private/2801 /etc/vz/vz.conf
                echo "left: $(ls /run/stencil/guests 2>/dev/null)"
                """);

        assertThat(said)
                .contains("first boot:  2801 running yes 2802 stopped auto")
                .containsPattern("upgraded: \\S+-2  2801 running yes 2802 running auto")
                .contains("\ninside\n")
                .contains("shut down:  2801 stopped yes 2802 stopped auto")
                .contains("next boot:  2801 running yes 2802 running auto")
                .contains("/vz/private/2801\n")
                .contains("/etc/vz/vz.conf\n")
                .endsWith("left: \n");
    }

    @Test
    void removingKeepsConfiguration_andPurgingKeepsOnlyWhatIsTheAdmins() throws IOException {
        root = SystemRoot.over(List.of(Packaged.debian()), work);
        String said = succeed(
                """
                everything() { find / -xdev -not -path '/var/lib/dpkg/*' -not -path '/tmp/*' -not -path /var/log/dpkg.log | sort; }
                everything >/tmp/before
                """
                        + INSTALL
                        + """
                vzpkg list >/dev/null
                echo '# mine' >>/etc/vz/vz.conf
                dpkg --remove stencil >/dev/null
                echo "kept: $(tail -n 1 /etc/vz/vz.conf)"
                ls -d /usr/sbin/vzpkg /usr/lib/stencil /usr/share/stencil 2>/dev/null || :
                dpkg --purge stencil
                everything >/tmp/after
                echo "left behind:"
                comm -13 /tmp/before /tmp/after
                """);

        assertThat(said)
                .contains("kept: # mine\n(Reading database")
                .contains("Containers, caches and templates below /vz are left")
                .endsWith("left behind:\n");
    }

    /** apt reads the same bundle; its lists are there already when it lacks the authority, so it is our own fetch that says so. */
    @Test
    void mirrorsOverHttps_areBelievedAsTheHostBelievesThem(@TempDir Path archive) throws IOException {
        TinyRepository repository =
                TinyRepository.in(archive.resolve("archive")).addBase().publish();
        TinyAuthority authority = TinyAuthority.in(archive.resolve("authority"));
        Files.writeString(packages.resolve("authority.pem"), authority.certificate());
        try (TinyMirror mirror = TinyMirror.servingSecurely(repository.directory(), authority)) {
            TinyHost.in(packages.resolve("host"), mirror.record(), repository.keyring(), "tiny-base");
            String said = succeed(
                    """
                    vzpkg list >/dev/null
                    cp -r /packages/host/vz/template/tiny /vz/template/
                    bundle=/etc/ssl/certs/ca-certificates.crt
                    mkdir -p /etc/ssl/certs
                    cp /packages/authority.pem $bundle
                    vzpkg update metadata tiny-1-x86_64 2>/dev/null
                    echo "bad" >$bundle
                    vzpkg fetch tiny-1-x86_64 2>&1 | grep Error || :
                    cp /packages/authority.pem $bundle
                    vzpkg fetch tiny-1-x86_64 2>/dev/null
                    find /vz/template -name '*.deb' | wc -l
                    """);

            assertThat(said)
                    .containsPattern("Error: .*the certificate of 127.0.0.1 is not accepted .*update-ca-certificates")
                    .endsWith("\n1\n");
        }
    }

    @Test
    void limitsOfTheKernelAreRaised_andNeverLowered() throws IOException {
        String said = succeed(
                """
                mkdir -p /tmp/proc/fs/inotify
                echo 128 >/tmp/proc/fs/inotify/max_user_instances
                echo 9999999 >/tmp/proc/fs/inotify/max_user_watches
                /usr/lib/stencil/raise-limits /usr/lib/sysctl.d/50-stencil.conf /tmp/proc
                cat /tmp/proc/fs/inotify/max_user_instances /tmp/proc/fs/inotify/max_user_watches
                rm /tmp/proc/fs/inotify/max_user_instances
                /usr/lib/stencil/raise-limits /usr/lib/sysctl.d/50-stencil.conf /tmp/proc
                ls /tmp/proc/fs/inotify
                for name in $(sed -n 's/ = .*//p' /usr/lib/sysctl.d/50-stencil.conf | tr . /); do
                    test -w "/proc/sys/$name" && echo "$name"
                done
                """);

        assertThat(said)
                .isEqualTo(
                        """
                        8192
                        9999999
                        max_user_watches
                        fs/inotify/max_user_instances
                        fs/inotify/max_user_watches
                        """);
    }

    @Test
    void installingAndPurgingAlone_isNoFirstUse() throws IOException {
        root = SystemRoot.over(List.of(Packaged.debian()), work);
        String said =
                succeed(INSTALL + "/usr/lib/stencil/boot start\ndpkg --purge stencil >/dev/null\nls -A /vz\necho end");

        assertThat(said).isEqualTo("end\n");
    }

    @Test
    void lintianFindsNoErrors() throws IOException {
        Finished found = new HostPrograms()
                .run(Program.of("lintian", "--no-cfg", "--fail-on", "error", "--allow-root")
                        .args(Packaged.file(packages, "stencil_", "-1_amd64.deb")
                                .toString()));

        assertThat(found.status()).as(found.text() + found.stderrEnd()).isZero();
    }

    private String succeed(String script) throws IOException {
        return root.succeed(packages, script);
    }
}
