package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TestDistribution;
import dev.stencil.fixtures.TestDistribution.Spoilt;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.lane.NotAffectedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where packages of rpm templates come from, and which are left out. Nothing is installed here but into caches. */
@NotAffectedBy("container")
class RpmRepositoriesIT extends RpmCommands {
    private static final String MINI = "sfl-9-x86_64-mini";
    private static final String ZYPPER_MINI = "sflz-9-x86_64-mini";

    private TinyMirror mirror;
    private TinyMirror other;

    @BeforeEach
    void serve() throws IOException {
        mirror = TinyMirror.serving(distribution.directory());
        Files.createDirectories(directory.resolve("served/garbage/9/os/repodata"));
        Files.writeString(directory.resolve("served/garbage/9/os/repodata/repomd.xml"), "<html>Log in!</html>");
        other = TinyMirror.serving(directory.resolve("served"));
    }

    @AfterEach
    void stopServing() {
        mirror.close();
        other.close();
    }

    private String garbage() {
        return other.url() + "/garbage/9/os";
    }

    private void mirrorList(String record, String... mirrors) throws IOException {
        Files.delete(host.dnf9().osDirectory().resolve("repositories"));
        host.dnf9().os("mirrorlist", record + "\n");
        Files.writeString(directory.resolve("served/list-9"), "# ours\n" + String.join("\n", mirrors) + "\n");
    }

    @Test
    void ofAListOfMirrors_theFirstThatHasTheRepositoryIsTaken_andAnotherWhenItFails() throws IOException {
        mirrorList(
                other.url() + "/no-list " + other.url() + "/list-$releasever",
                "http://127.0.0.1:1/9/os",
                garbage(),
                "file://" + distribution.directory() + "/10/os",
                mirror.url() + "/9/os/",
                distribution.url());
        assertThat(succeed("vzpkg lock " + MINI)).contains("Lock r1 with ");
        assertThat(Files.readString(host.dnf9().osDirectory().resolveSibling("mini/locks/default.lock")))
                .contains("url = \"" + other.url() + "/no-list\"");
        Files.writeString(directory.resolve("served/list-9"), garbage() + "\n" + mirror.url() + "/9/os\n");
        forgetLists();

        assertThat(succeed("vzpkg create cache --locked " + MINI)).contains("trying the next mirror", "is ready");
        assertThat(succeed("vzpkg lock verify --online " + MINI)).contains("are at their repositories");
    }

    private void forgetLists() throws IOException {
        Path lists = directory.resolve("vz/template/sfl/9/x86_64/pm/dnf");
        Files.move(lists, directory.resolve("forgotten"));
    }

    @Test
    void theMetadataOfAMirror_isCheckedWhenItIsSigned() throws IOException {
        mirrorList(other.url() + "/list-9", mirror.url() + "/" + TestDistribution.bad(Spoilt.STRANGE_SIGNATURE));

        assertThat(end("vzpkg create cache " + MINI, 70)).contains("GPG signature verification error");

        mirrors(mirror.url() + "/" + TestDistribution.bad(Spoilt.STRANGE_PACKAGE));
        host.dnf9().set("mini", "packages", "fx-libs\n");
        assertThat(end("vzpkg create cache -r " + MINI, 70))
                .contains("None of the template's keys vouches for", "fx-libs");
    }

    @Test
    void aTemplateCanDemandSignedMetadata_fromTheFirstTimeOn() throws IOException {
        host.dnf9().set("mini", "packages", "fx-libs\n");
        host.dnf9().os("repositories", distribution.url() + "/" + TestDistribution.bad(Spoilt.NO_SIGNATURE) + "\n");
        succeed("vzpkg lock " + MINI);
        host.dnf9().os("signed_metadata", "yes\n");

        assertThat(end("vzpkg lock " + MINI, 70)).contains("GPG signature is not available");
    }

    private void mirrors(String address) throws IOException {
        Files.writeString(directory.resolve("served/list-9"), address + "\n");
    }

    @Test
    void whenNoMirrorHasIt_eachIsTold() throws IOException {
        mirrorList(other.url() + "/list-9", "http://127.0.0.1:1/9/os", garbage());

        assertThat(end("vzpkg create cache " + MINI, 52))
                .contains("The repository base0 cannot be found", "127.0.0.1:1", "there is no index");

        Files.writeString(directory.resolve("served/list-9"), "<html>none</html>\n");
        assertThat(end("vzpkg create cache -f " + MINI, 52)).contains("it names no mirror");
    }

    @Test
    void alternativesOfARecord_variables_andAPassword() throws IOException {
        mirror.demands("me", "pa55-word");
        String good = mirror.url().replace("http://", "http://me:pa55-word@") + "/$releasever/os";
        Files.writeString(directory.resolve("vz/template/conf/vztt/url.map"), "$SFL " + good + "\n");
        host.dnf9().os("repositories", garbage() + " $SFL\n");

        String said = succeed("vzpkg lock " + MINI) + succeed("vzpkg create cache --locked " + MINI);

        assertThat(said).contains("is ready").doesNotContain("pa55");
        assertThat(Files.readString(host.dnf9().osDirectory().resolveSibling("mini/locks/default.lock")))
                .doesNotContain("pa55");
        assertThat(mirror.requests()).anyMatch(path -> path.contains("/9/os/Packages/bash-"));
    }

    @Test
    void aProxyOfTheConfiguration_isAskedForListsAndPackages() throws IOException {
        host.dnf9().os("repositories", "http://packages.invalid/9/os\n");
        configure("HTTP_PROXY=" + mirror.url() + "\nHTTP_PROXY_USER=me\nHTTP_PROXY_PASSWORD=pa55-word");

        assertThat(succeed("vzpkg create cache " + MINI)).contains("is ready").doesNotContain("pa55");

        assertThat(mirror.requests())
                .anyMatch(path -> path.endsWith("/9/os/repodata/repomd.xml"))
                .anyMatch(path -> path.contains("/9/os/Packages/bash-"));
    }

    @Test
    void repositoriesOfZypperAlone_areReadWhenTheyHaveRepodata() throws IOException {
        host.zypper9().os("repositories", distribution.url() + "/" + TestDistribution.UPDATES_9 + "\n");
        host.zypper9().os("zypp_repositories", distribution.url() + "/" + TestDistribution.OS_9 + "\n");

        assertThat(succeed("vzpkg create cache " + ZYPPER_MINI)).contains("is ready");

        host.zypper9()
                .os("zypp_repositories", distribution.url() + "/" + TestDistribution.bad(Spoilt.NO_SIGNATURE) + "\n");
        assertThat(end("vzpkg update cache -r " + ZYPPER_MINI, 70)).contains("repomd.xml.asc");
        host.zypper9().os("zypp_repositories", "file://" + directory + "/served\n");
        assertThat(end("vzpkg update cache -r " + ZYPPER_MINI, 52))
                .contains(
                        "The repository base",
                        "/served: there is no index repodata/repomd.xml",
                        "YaST's old format",
                        "Put the address of one that has the directory repodata into the template's file zypp_repositories");
    }

    @ParameterizedTest
    @ValueSource(strings = {MINI, ZYPPER_MINI})
    void excludedPackages_areNeitherInstalledNorUpdated(String template) throws IOException {
        succeed("vzpkg create cache " + template);
        host.withUpdates(distribution.url());
        configure("EXCLUDE=\"bas* gre*\"");

        assertThat(end("vzpkg status -r " + template, 22)).contains("sed=").doesNotContain("bash=", "grep=");

        configure("METADATA_EXPIRE=0\nEXCLUDE=\"fx-l*\"");
        host.dnf9().set("mini", "packages", TestDistribution.MINI + " fx-tools\n");
        host.zypper9().set("mini", "packages", TestDistribution.MINI + " fx-tools\n");
        end("vzpkg update cache --unlocked " + template, 70);
    }

    @Test
    void streamsOfModules_areFollowed() throws IOException {
        host.dnf9().set("mini", "packages", TestDistribution.MINI + " fx-stream\n");
        succeed("vzpkg lock " + MINI);
        assertThat(succeed("vzpkg lock show -q " + MINI)).contains("1.0-1.module_sfl9");

        host.dnf9().set("mini", "packages", TestDistribution.MINI + " @fx:2\n");
        succeed("vzpkg lock " + MINI);
        assertThat(succeed("vzpkg lock show -q " + MINI)).contains("2.0-1.module_sfl9");
        succeed("vzpkg create cache --locked " + MINI);
        assertThat(succeed("vzpkg update cache --update-cache " + MINI)).doesNotContain("is ready");
    }

    @Test
    void aGroup_comesWithoutWhatIsExcluded() throws IOException {
        configure("EXCLUDE=nano");
        host.dnf9().set("mini", "packages", TestDistribution.MINI + " @tools\n");

        succeed("vzpkg lock " + MINI);

        assertThat(succeed("vzpkg lock show -q " + MINI))
                .contains(" lsof ", " psmisc ")
                .doesNotContain(" nano ");
    }
}
