package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Running containers of the rpm family from release 9 to 10, as a user types it, and back. */
class RpmUpgradeIT extends RpmCommands {
    private static final String CONTAINER = "2310";
    /** Everything that packages own, without what running services write. */
    private static final String FILES =
            "find /etc /usr /var/lib/rpm /var/lib/dnf -type f -exec sha256sum {} + 2>/dev/null"
                    + " | grep -v -e rpmdb.sqlite- -e /etc/machine-id | sort -k 2";

    @Test
    void aDnfContainer_failsHalfWay_goesBack_andThenForward() throws IOException {
        start(CONTAINER, DNF_TEMPLATE);
        succeed("vzpkg install " + CONTAINER + " nginx");
        String files = inside(CONTAINER, FILES);
        String packages = inside(CONTAINER, "rpm -qa | sort");
        host.dnf10().application("nginx", "packages", "nginx fx-failpost\n");

        ToolRun.Result failed = tools.run("vzpkg", "upgrade", CONTAINER);

        assertThat(failed.code()).isEqualTo(70);
        assertThat(failed.messages()).contains("%post(fx-failpost", "vzpkg rollback " + CONTAINER);
        assertThat(inside(CONTAINER, "rpm -q sfl-release")).contains("sfl-release-10");
        assertThat(succeed("vzpkg rollback " + CONTAINER)).contains("Removed:", "fx-failpost");
        assertThat(inside(CONTAINER, "rpm -qa | sort")).isEqualTo(packages);
        assertThat(inside(CONTAINER, FILES)).isEqualTo(files);
        assertThat(inside(CONTAINER, "systemctl is-system-running; systemctl is-active nginx"))
                .contains("running", "\nactive");

        host.dnf10().application("nginx", "packages", "nginx\n");
        assertThat(succeed("vzpkg upgrade -n " + CONTAINER)).contains("Updated:", "can be upgraded to sfl-10-x86_64");
        assertThat(succeed("vzpkg upgrade " + CONTAINER)).contains("Updated:", "Installed:", "openssh-server");
        requireRelease10();
        assertThat(inside(CONTAINER, "systemctl is-active nginx")).contains("active");
        assertThat(succeed("vzpkg list " + CONTAINER))
                .contains("sfl-10-x86_64", "nginx")
                .doesNotContain("sfl-9");
        succeed("vzpkg install " + CONTAINER + " redis");
        // It goes on standing on layers of release 9.
        succeed("vzpkg remove cache sfl-9-x86_64-minimal");
        succeed("vzpkg clean");
        succeed("vzctl restart " + CONTAINER + " --wait");
        requireRelease10();
        succeed("vzpkg rollback " + CONTAINER + " 1");
        assertThat(inside(CONTAINER, "rpm -qa | sort")).isEqualTo(packages);
    }

    @Test
    void aZypperContainer_reachesTheNextRelease() throws IOException {
        start(CONTAINER, ZYPPER_TEMPLATE);

        assertThat(succeed("vzpkg upgrade " + CONTAINER)).contains("Updated:", "Installed:", "openssh-server");

        requireRelease10();
        assertThat(Files.readString(directory.resolve("vz/private/" + CONTAINER + "/ve.conf")))
                .contains("OSTEMPLATE=\".sflz-10-x86_64\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {DNF_TEMPLATE, ZYPPER_TEMPLATE})
    void theReleaseAndWhatMayBeErased_areTheCallersToSay(String template) throws IOException {
        followRelease(host.dnf10(), host.zypper10());
        start(CONTAINER, template);
        succeed("vzpkg install -p " + CONTAINER + " fx-pair-a fx-pair-b");

        assertThat(succeed("vzpkg upgrade -n -Q 9 " + CONTAINER)).doesNotContain("sfl10");
        assertThat(end("vzpkg upgrade -n " + CONTAINER, 70)).contains("fx-pair-b");
        assertThat(succeed("vzpkg upgrade -n -D " + CONTAINER))
                .containsPattern("(?s)Updated:.*sfl-release.*sfl10.*Removed:.*fx-pair-b");
    }

    private void requireRelease10() throws IOException {
        assertThat(inside(CONTAINER, "rpm -q sfl-release")).contains("sfl-release-10");
        assertThat(inside(CONTAINER, "systemctl is-system-running")).contains("running");
        assertThat(inside(CONTAINER, "rpm -Va --nomtime --noconfig")).doesNotContain("missing");
        assertThat(succeed("vzpkg status " + CONTAINER)).contains("is up2date");
    }
}
