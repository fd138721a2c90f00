package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TestDistribution;
import dev.stencil.fixtures.TinyMirror;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One command for several containers of rpm templates, three that dnf decides about and one of zypper: 2250 to 2253. */
class ManyRpmContainersIT extends RpmCommands {
    private static final List<String> CONTAINERS = List.of("2250", "2251", "2252", "2253");
    private static final String REFUSING = "2251";
    private static final List<String> OTHERS = List.of("2250", "2252", "2253");

    private TinyMirror mirror;

    @BeforeEach
    void serve() throws IOException {
        mirror = TinyMirror.serving(distribution.directory());
        host.dnf9().os("repositories", mirror.url() + "/" + TestDistribution.OS_9 + "\n");
        host.zypper9().os("repositories", mirror.url() + "/" + TestDistribution.OS_9 + "\n");
    }

    @AfterEach
    void stopServing() {
        mirror.close();
    }

    @Test
    void theOneThatFailsIsUndone_theOthersAreUpdated_andEachPackageComesOnce() throws IOException {
        for (String container : CONTAINERS) {
            start(container, container.equals("2253") ? ZYPPER_TEMPLATE : DNF_TEMPLATE);
        }
        assertThat(succeed("vzpkg install -p --ct " + String.join(",", CONTAINERS) + " fx-scripts"))
                .contains(CONTAINERS);
        assertThat(fetched(TestDistribution.OS_9))
                .filteredOn(path -> path.contains("/fx-scripts-"))
                .hasSize(1);
        String before = inside(REFUSING, "rpm -qa | sort");
        // Its scriptlet after the update writes a file of that name.
        inside(REFUSING, "rm /var/log/fx-world; mkdir /var/log/fx-world");
        host.withUpdates(mirror.url());

        ToolRun.Result result = tools.run("vzpkg", "update", "-r", "--all", "--jobs", "3", "--json");

        assertThat(result.code()).as(result.text()).isEqualTo(70);
        JsonNode rows = new JsonMapper().readTree(result.data()).at("/containers");
        assertThat(row(rows, REFUSING).at("/result").asString()).isEqualTo("failed");
        assertThat(row(rows, REFUSING).at("/remark").asString()).isEqualTo("undone");
        assertThat(row(rows, REFUSING).at("/error").asString()).contains("%post(fx-scripts");
        assertThat(inside(REFUSING, "rpm -qa | sort")).isEqualTo(before);
        assertThat(succeed("vzpkg generations " + REFUSING)).contains("rolled-back");
        for (String container : OTHERS) {
            assertThat(row(rows, container).at("/result").asString()).isEqualTo("done");
            assertThat(inside(container, "rpm -q bash fx-scripts"))
                    .containsPattern("bash-.*\\.sfl9\\.1\\..*\nfx-scripts-.*\\.sfl9\\.1\\.");
            assertThat(succeed("vzpkg status " + container)).contains("is up2date");
        }
        assertThat(fetched(TestDistribution.UPDATES_9))
                .anyMatch(path -> path.contains("/bash-"))
                .doesNotHaveDuplicates();
    }

    private List<String> fetched(String repository) {
        return mirror.requests().stream()
                .filter(path -> path.startsWith("/" + repository + "/Packages/"))
                .toList();
    }

    private static JsonNode row(JsonNode rows, String container) {
        for (JsonNode row : rows) {
            if (row.at("/container").asString().equals(container)) {
                return row;
            }
        }
        throw new AssertionError("no row of " + container + " in " + rows);
    }
}
