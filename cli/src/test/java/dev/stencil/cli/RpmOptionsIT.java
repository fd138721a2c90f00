package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TestDistribution;
import dev.stencil.fixtures.TinyMirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When packages of a container come from newer lists, or from another release, whoever decides. Container 2240. */
class RpmOptionsIT extends RpmCommands {
    private static final String CT = "2240";

    private Path served = Path.of("");
    private TinyMirror mirror;

    /** The repository of updates begins with nothing newer; its address stays the same. */
    @BeforeEach
    void serve() throws IOException {
        served = Files.createDirectories(directory.resolve("served/9")).getParent();
        Files.createSymbolicLink(served.resolve("9/os"), published(TestDistribution.OS_9));
        publishAsUpdates(TestDistribution.OS_9);
        mirror = TinyMirror.serving(served);
        host.withUpdates(mirror.url());
    }

    private Path published(String repository) {
        return distribution.directory().resolve(repository);
    }

    private void publishAsUpdates(String repository) throws IOException {
        Files.deleteIfExists(served.resolve("9/updates"));
        Files.createSymbolicLink(served.resolve("9/updates"), published(repository));
    }

    @AfterEach
    void stopServing() {
        mirror.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {DNF_TEMPLATE, ZYPPER_TEMPLATE})
    void lists_areFetchedWhenTheyAreOldOrAskedFor_andNeverFromCache(String template) throws IOException {
        start(CT, template);
        publishAsUpdates(TestDistribution.UPDATES_9);
        int asked = mirror.requests().size();

        assertThat(succeed("vzpkg status " + CT)).contains("is up2date");
        configure("METADATA_EXPIRE=0");
        assertThat(succeed("vzpkg update -C " + CT)).doesNotContain("Updated:");
        assertThat(mirror.requests()).hasSize(asked);
        assertThat(end("vzpkg status " + CT, 22)).contains("bash=");

        configure("METADATA_EXPIRE=86400");
        publishAsUpdates(TestDistribution.OS_9);
        assertThat(end("vzpkg status " + CT, 22)).contains("bash=");
        assertThat(succeed("vzpkg status -r " + CT)).contains("is up2date");
        publishAsUpdates(TestDistribution.UPDATES_9);
        assertThat(succeed("vzpkg update -r " + CT)).contains("Updated:", "bash");

        succeed("vzpkg rollback " + CT);
        mirror.close();
        assertThat(end("vzpkg update -C -r " + CT, 52)).contains("Cannot bring the package lists up to date");
        assertThat(succeed("vzpkg update -r -C " + CT)).contains("Updated:", "bash");
        assertThat(inside(CT, "rpm -q bash")).contains(".sfl9.1.");
    }

    @ParameterizedTest
    @ValueSource(strings = {DNF_TEMPLATE, ZYPPER_TEMPLATE})
    void packagesOfAnotherRelease_comeOnRequest(String template) throws IOException {
        followRelease(host.dnf9(), host.zypper9());
        start(CT, template);
        end("vzpkg install -p " + CT + " fx-new", 70);

        assertThat(succeed("vzpkg install -p -Q 10 " + CT + " fx-new")).contains("Installed:", "fx-new");

        assertThat(inside(CT, "rpm -q fx-new sfl-release")).contains("fx-new-2.0-1.sfl10", "sfl-release-9");
        assertThat(succeed("vzpkg localinstall --releasever 10 " + CT + " "
                        + distribution.rpm(TestDistribution.OS_10, "fx-tools")))
                .contains("Installed:", "fx-libs", "fx-tools");
        assertThat(inside(CT, "rpm -q fx-libs")).contains(".sfl10");
        assertThat(succeed("vzpkg status " + CT)).contains("is up2date");
        assertThat(succeed("vzpkg update -p -Q 10 " + CT + " sed")).contains("Updated:", "sed");
        assertThat(inside(CT, "rpm -q sed bash")).containsPattern("sed-.*sfl10.*\nbash-.*sfl9");
        assertThat(succeed("vzpkg localupdate -Q 10 " + CT + " "
                        + distribution.rpm(TestDistribution.OS_10, "openssh-server")))
                .contains("openssh-server");
    }

    @ParameterizedTest
    @ValueSource(strings = {DNF_TEMPLATE, ZYPPER_TEMPLATE})
    void whatIsInTheWay_isErasedOnRequestOnly(String template) throws IOException {
        start(CT, template);
        succeed("vzpkg install -p " + CT + " fx-pair-a fx-pair-b");
        Path newer = distribution.rpm(TestDistribution.UPDATES_9, "fx-pair-a");
        String both = pair();

        for (String command : List.of("localinstall", "localupdate")) {
            assertThat(end("vzpkg " + command + " " + CT + " " + newer, 70)).contains("fx-pair-b");
            assertThat(pair()).isEqualTo(both);
            requireThatPairBGoes(succeed("vzpkg " + command + " -D " + CT + " " + newer));
            succeed("vzpkg rollback " + CT);
        }
        publishAsUpdates(TestDistribution.UPDATES_9);
        tools.run("vzpkg", "update", "-p", "-r", CT, "fx-pair-a");
        assertThat(pair()).isEqualTo(both);
        requireThatPairBGoes(succeed("vzpkg update -p -D " + CT + " fx-pair-a"));
    }

    private String pair() throws IOException {
        return inside(CT, "rpm -q fx-pair-a fx-pair-b");
    }

    private void requireThatPairBGoes(String said) throws IOException {
        assertThat(said).containsPattern("(?s)fx-pair-a .*Removed:.*fx-pair-b ");
        assertThat(pair()).containsPattern("fx-pair-a-1.0-1.sfl9.1.*\npackage fx-pair-b is not installed");
    }

    @ParameterizedTest
    @ValueSource(strings = {DNF_TEMPLATE, ZYPPER_TEMPLATE})
    void quiet_leavesNothingButTheResult(String template) throws IOException {
        start(CT, template);

        ToolRun.Result result = tools.run("vzpkg", "install", "-q", "-p", CT, "fx-lua");

        assertThat(result.code()).isZero();
        assertThat(result.data()).matches("Installed:\\n fx-lua +noarch +1\\.0-1\\.sfl9\\n");
        assertThat(result.messages()).isEmpty();
    }
}
