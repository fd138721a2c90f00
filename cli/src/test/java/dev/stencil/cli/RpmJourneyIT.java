package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TestDistribution;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** From a template to a running container and back, for the rpm family, as a user types it. */
class RpmJourneyIT extends RpmCommands {
    private static final String CONTAINER = "751";

    @Test
    void packagesOfADnfTemplate_fromCacheToRollback() throws IOException {
        start(CONTAINER, DNF_TEMPLATE);
        assertThat(inside(CONTAINER, "systemctl is-system-running")).contains("running");

        assertThat(succeed("vzpkg install -p " + CONTAINER + " fx-service")).contains("fx-service");
        assertThat(inside(CONTAINER, "systemctl is-active fx-service")).contains("active");
        assertThat(succeed("vzpkg install " + CONTAINER + " redis")).contains("redis-server");
        assertThat(succeed("vzpkg list " + CONTAINER)).contains("redis");
        assertThat(succeed("vzpkg status " + CONTAINER)).contains("is up2date");

        host.withUpdates(distribution.url());
        assertThat(tools.run("vzpkg", "status", "-r", CONTAINER).code()).isEqualTo(22);
        assertThat(succeed("vzpkg update " + CONTAINER)).contains("Updated:", "bash");
        assertThat(succeed("vzpkg status " + CONTAINER)).contains("is up2date");

        succeed("vzpkg install -p " + CONTAINER + " fx-tools");
        ToolRun.Result needed = tools.run("vzpkg", "remove", "-p", CONTAINER, "fx-libs");
        assertThat(needed.code()).isEqualTo(70);
        assertThat(needed.messages()).contains("is needed by (installed) fx-tools");
        assertThat(succeed("vzpkg remove -p -w " + CONTAINER + " fx-libs")).contains("Removed:", "fx-libs", "fx-tools");

        String file = distribution.rpm(TestDistribution.OS_9, "fx-lua").toString();
        assertThat(succeed("vzpkg localinstall " + CONTAINER + " " + file)).contains("fx-lua");
        ToolRun.Result failed = tools.run("vzpkg", "install", "-p", CONTAINER, "fx-failpost");
        assertThat(failed.code()).isEqualTo(70);
        assertThat(failed.messages()).contains("%post(fx-failpost");
        assertThat(succeed("vzpkg rollback " + CONTAINER)).contains("Removed:", "fx-failpost");
        assertThat(inside(CONTAINER, "rpm -q fx-failpost fx-lua"))
                .contains("fx-failpost is not installed", "fx-lua-1.0");
    }

    @Test
    void groupsOfADnfTemplate() throws IOException {
        start(CONTAINER, DNF_TEMPLATE);

        assertThat(succeed("vzpkg list -g sfl-9-x86_64")).contains("Tools", "Web Server");
        assertThat(succeed("vzpkg info -g -F sfl-9-x86_64 web-server"))
                .startsWith("Group: Web Server")
                .contains("Mandatory Packages:", "nginx");
        assertThat(tools.run("vzpkg", "install", "-g", CONTAINER, "Web Server").text())
                .contains("Installed:", "nginx", "--- exit 0");
        assertThat(succeed("vzpkg list -g " + CONTAINER)).contains("Web Server");
        assertThat(tools.run("vzpkg", "install", "-g", CONTAINER, "nothing").messages())
                .contains("There is no group \"nothing\"");
    }

    @Test
    void aCacheOfAZypperTemplate() {
        assertThat(succeed("vzpkg create cache sflz-9-x86_64-mini")).contains("is ready");
        assertThat(tools.run("vzpkg", "list", "-g", "sflz-9-x86_64").code()).isEqualTo(61);
    }
}
