package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TestDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What goes wrong in containers of rpm templates, and what is said about it. */
class RpmTroubleIT extends RpmCommands {
    private static final String CT = "2210";
    private static final String DATABASE = "var/lib/rpm/rpmdb.sqlite";

    @Test
    void aScriptletThatHangs_isStoppedAndNamed_andCanBeUndone() throws IOException {
        start(CT, DNF_TEMPLATE);
        String before = inside(CT, "rpm -qa | sort");
        configure("SCRIPT_TIMEOUT=4");

        assertThat(end("vzpkg install -p " + CT + " fx-hang", 70))
                .contains("the scriptlet %post(fx-hang-1.0-1.sfl9.noarch) said nothing for 4 s and was stopped")
                .contains("SCRIPT_TIMEOUT in vztt.conf", "vzpkg rollback " + CT);

        assertThat(inside(CT, "ls /var/tmp; cat /proc/[0-9]*/cmdline | tr '\\0' ' '"))
                .doesNotContain("rpm-tmp", "sleep infinity");
        succeed("vzpkg rollback " + CT);
        assertThat(inside(CT, "rpm -qa | sort")).isEqualTo(before);
        assertThat(succeed("vzpkg install -p " + CT + " fx-slow")).contains("Installed:", "fx-slow");
    }

    @Test
    void somebodyElseAtWorkOnTheDatabase_isWaitedFor_butNotForEver() throws IOException {
        start(CT, DNF_TEMPLATE);
        Path slow = distribution.rpm(TestDistribution.OS_9, "fx-slow");
        Files.copy(slow, rootOf(CT).resolve("root/fx-slow.rpm"));
        inside(CT, "echo 12 > /etc/fx-slow; rpm -U --nosignature /root/fx-slow.rpm > /dev/null 2>&1 & sleep 1");
        configure("DATABASE_TIMEOUT=1");

        assertThat(end("vzpkg install -p " + CT + " fx-lua", 21))
                .contains("Another program inside ", "works on its package database (waited 1 s)");

        configure("");
        assertThat(succeed("vzpkg install -p " + CT + " fx-lua")).contains("Installed:", "fx-lua");
        assertThat(inside(CT, "rpm -q fx-slow fx-lua")).contains("fx-slow-1.0", "fx-lua-1.0");
    }

    @Test
    void aBrokenDatabase_isToldAndLeftAlone() throws IOException {
        start(CT, DNF_TEMPLATE);
        succeed("vzpkg install -p " + CT + " fx-lua");
        Path database = rootOf(CT).resolve(DATABASE);
        byte[] content = Files.readAllBytes(database);
        Arrays.fill(content, 4096, content.length - 4096, (byte) 7);
        Files.write(database, content);

        for (String words : new String[] {
            "status " + CT,
            "list -p " + CT,
            "install -p " + CT + " fx-libs",
            "remove -p " + CT + " fx-lua",
            "update " + CT
        }) {
            assertThat(end("vzpkg " + words, 70)).contains("The package database of ", "is damaged", "left as it is");
        }
        assertThat(Files.readAllBytes(database)).isEqualTo(content);
        succeed("vzpkg rollback " + CT);
        assertThat(inside(CT, "rpm -qa | wc -l; rpm -q fx-lua")).contains("fx-lua is not installed");
    }

    @Test
    void whatCannotBe_isToldInZyppersWords_andMayEraseWhenAllowed() throws IOException {
        start(CT, ZYPPER_TEMPLATE);
        succeed("vzpkg install -p " + CT + " fx-conflict-a");

        assertThat(end("vzpkg install -p " + CT + " fx-conflict-b", 70))
                .contains("conflicts with fx-conflict-b", "Solution 1: deinstallation of fx-conflict-a");
        assertThat(succeed("vzpkg install -p -D " + CT + " fx-conflict-b"))
                .contains("Installed:", "fx-conflict-b", "Removed:", "fx-conflict-a");
        assertThat(end("vzpkg install -p " + CT + " fx-broken", 70)).contains("nothing provides fx-nowhere");
    }

    @Test
    void whatCannotBe_isToldInTheToolsOwnWords() throws IOException {
        start(CT, DNF_TEMPLATE);
        succeed("vzpkg install -p " + CT + " fx-conflict-a");

        assertThat(end("vzpkg install -p " + CT + " fx-conflict-b", 70)).contains("conflicts with fx-conflict-b");
        assertThat(succeed("vzpkg install -p -D " + CT + " fx-conflict-b"))
                .contains("Installed:", "fx-conflict-b", "Removed:", "fx-conflict-a");
        assertThat(end("vzpkg install -p " + CT + " fx-broken", 70)).contains("nothing provides fx-nowhere");
        assertThat(end("vzpkg install -p " + CT + " fx-nothing", 70)).contains("No match for argument: fx-nothing");
    }
}
