package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TestDistribution;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to packages in containers of rpm templates, and undone again, whoever decides. Containers 2200 to 2204. */
class RpmContainersIT extends RpmCommands {
    private static final String CT = "2200";

    @ParameterizedTest
    @ValueSource(strings = {DNF_TEMPLATE, ZYPPER_TEMPLATE})
    void aContainerGoesAlongTheLockOfItsTemplate_andBackFromDrift(String template) throws IOException {
        succeed("vzpkg lock " + template);
        start(CT, template);
        assertThat(succeed("vzpkg status " + CT)).contains("is up2date");
        host.withUpdates(distribution.url());
        succeed("vzpkg lock " + template);

        assertThat(end("vzpkg status " + CT, 22)).contains("bash=", "3 packages behind lock r2 of " + template);
        assertThat(succeed("vzpkg update " + CT)).contains("to lock r2", "Updated:", "bash", "grep", "sed");
        assertThat(succeed("vzpkg status " + CT)).contains("is up2date");
        assertThat(succeed("vzpkg rollback " + CT)).contains("bash");
        assertThat(end("vzpkg status " + CT, 22)).contains("behind lock r2");
        assertThat(succeed("vzpkg update -e " + CT)).contains("Updated:", "bash");

        inside(CT, "rpm -e --nodeps sed");
        assertThat(end("vzpkg status " + CT, 22)).contains("sed is not installed", "has drifted");
        assertThat(succeed("vzpkg sync " + CT)).contains("Installed:", "sed");
        assertThat(succeed("vzpkg status " + CT)).contains("is up2date");
        assertThat(inside(CT, "rpm -Va sed bash grep")).doesNotContain("missing", "S.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {DNF_TEMPLATE, ZYPPER_TEMPLATE})
    void filesAndRemovals(String template) throws IOException {
        start(CT, template);
        succeed("vzpkg install -p " + CT + " fx-config fx-tools");
        String before = inside(CT, "rpm -qa | sort; head /etc/fx/*.conf");
        inside(CT, "echo mine | tee /etc/fx/noreplace.conf > /etc/fx/replace.conf");

        assertThat(succeed("vzpkg localupdate " + CT + " " + update("fx-config")))
                .contains("Updated:", "fx-config");
        assertThat(inside(CT, "cd /etc/fx; head -n 9 *")).contains("noreplace.conf.rpmnew", "replace.conf.rpmsave");
        succeed("vzpkg rollback " + CT);
        assertThat(inside(CT, "cd /etc/fx; head -n 9 *")).contains("mine").doesNotContain("rpmnew", "rpmsave");
        inside(CT, "echo noreplace 9 > /etc/fx/noreplace.conf; echo replace 9 > /etc/fx/replace.conf");

        assertThat(end("vzpkg remove -p " + CT + " fx-libs", 70))
                .contains("is needed by (installed) fx-tools", "Remove with dependants (-w)")
                .doesNotContain("error: error:");
        assertThat(succeed("vzpkg remove -p -w " + CT + " fx-libs")).contains("fx-libs", "fx-tools");
        succeed("vzpkg rollback " + CT);
        succeed("vzpkg install " + CT + " nginx");
        assertThat(inside(CT, "systemctl is-active nginx")).contains("active");
        assertThat(succeed("vzpkg remove " + CT + " nginx")).contains("Removed:", "nginx");
        assertThat(succeed("vzpkg list " + CT)).doesNotContain(" nginx");
        succeed("vzpkg rollback " + CT);
        assertThat(inside(CT, "rpm -q nginx; test -x /usr/sbin/nginx && echo there"))
                .contains("nginx-1", "there");
        succeed("vzpkg rollback " + CT);

        assertThat(inside(CT, "rpm -qa | sort; head /etc/fx/*.conf")).isEqualTo(before);
        assertThat(succeed("vzpkg list -u " + CT)).doesNotContain("fx-");
        succeed("vzpkg localinstall " + CT + " " + distribution.rpm(TestDistribution.OS_10, "fx-new"));
        assertThat(succeed("vzpkg list -u " + CT)).contains("fx-new");
    }

    private Path update(String name) throws IOException {
        return distribution.rpm(TestDistribution.UPDATES_9, name);
    }

    @Test
    void groupsAreInstalledUpdatedRemovedAndBroughtBack() throws IOException {
        start(CT, DNF_TEMPLATE);
        assertThat(succeed("vzpkg install -g " + CT + " tools")).contains("Installed:", "nano", "psmisc");
        assertThat(succeed("vzpkg list -g " + CT)).contains("Tools").doesNotContain("Web Server");
        assertThat(succeed("vzpkg info -g -F " + CT + " tools")).startsWith("Group: Tools");

        host.withUpdates(distribution.url());

        assertThat(succeed("vzpkg update -g " + CT + " tools")).contains("Updated:", "nano");
        assertThat(succeed("vzpkg remove -g " + CT + " tools")).contains("Removed:", "lsof", "nano");
        assertThat(succeed("vzpkg list -g " + CT)).doesNotContain("Tools");
        succeed("vzpkg rollback " + CT);
        assertThat(succeed("vzpkg list -g " + CT)).contains("Tools");
        assertThat(inside(CT, "rpm -q nano; rpm -V nano lsof psmisc"))
                .contains(".sfl9.1.x86_64")
                .doesNotContain("missing", "S.5");
        assertThat(end("vzpkg remove -g " + CT + " database", 70)).contains("No package of the group \"database\"");
    }
}
