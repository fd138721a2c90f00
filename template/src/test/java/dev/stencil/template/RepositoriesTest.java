package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The effective list and its identifiers: spec vzpkg 2.5. */
class RepositoriesTest {
    private static final String BASE = TestArea.os("debian", "12", "x86_64", "default") + "/";
    private static final String SET = TestArea.os("debian", "12", "x86_64", "minimal") + "/";
    private static final String APP = TestArea.app("debian", "12", "x86_64") + "/nginx/default/";

    @TempDir
    Path directory;

    private TestArea area;

    @BeforeEach
    void makeArea() {
        area = new TestArea(directory)
                .base("debian", "12", "x86_64")
                .set("debian", "12", "x86_64", "minimal")
                .app("debian", "12", "x86_64", "nginx", "default")
                .file(BASE + "repositories", "http://a main\nhttp://b main\n");
    }

    @Test
    void numbersCountAcrossTheThreeFiles() {
        area.file(BASE + "zypp_repositories", "http://z\n").file(BASE + "mirrorlist", "http://m\n");

        assertThat(effective("debian-12"))
                .extracting(RepositoryRecord::id, RepositoryRecord::location, RepositoryRecord::kind)
                .containsExactly(
                        tuple("base0", "http://a main", RepositoryKind.REPOSITORY),
                        tuple("base1", "http://b main", RepositoryKind.REPOSITORY),
                        tuple("base2", "http://z", RepositoryKind.ZYPP_REPOSITORY),
                        tuple("base3", "http://m", RepositoryKind.MIRROR_LIST));
    }

    @Test
    void applicationsComeFirstThenTheSetThenTheBaseAndRepetitionsAreLeftOut() {
        area.file(APP + "repositories", "http://vendor main\nhttp://a main\n")
                .file(SET + "repositories", "http://b main\nhttp://set main\n");

        assertThat(effective("debian-12-minimal", "nginx"))
                .extracting(RepositoryRecord::id, RepositoryRecord::location)
                .containsExactly(
                        tuple("nginx0", "http://vendor main"),
                        tuple("nginx1", "http://a main"),
                        tuple("minimal0", "http://b main"),
                        tuple("minimal1", "http://set main"));
    }

    @Test
    void aRecordIsCheckedByTheKeysOfItsTemplateAndBaseOnly() {
        area.file(APP + "repositories", "http://vendor main\n")
                .file(APP + "keys/vendor.gpg", "")
                .file(APP + "unsigned_repositories", "yes\n")
                .file(BASE + "keys/debian.gpg", "");

        List<RepositoryRecord> records = effective("debian-12", "nginx");

        assertThat(records.get(0).keyrings()).hasSize(2);
        assertThat(records.get(0).isUnsignedAllowed()).isTrue();
        assertThat(records.get(1).keyrings()).containsExactly(area.path(BASE + "keys/debian.gpg"));
        assertThat(records.get(1).isUnsignedAllowed()).isFalse();
    }

    @Test
    void anApplicationCannotMakeItsBasesRepositoryUnsigned() {
        area.file(APP + "repositories", "http://a main\n").file(APP + "unsigned_repositories", "yes\n");

        assertThat(effective("debian-12", "nginx").getFirst().id()).isEqualTo("nginx0");
        assertThat(effective("debian-12", "nginx")).noneMatch(RepositoryRecord::isUnsignedAllowed);
    }

    @Test
    void noRepositoryAtAllIsBrokenAndTheFileNamed() {
        area.file(BASE + "repositories", "# none\n");

        assertThatThrownBy(() -> effective("debian-12-minimal"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_BROKEN))
                .hasMessageContaining(BASE + "repositories");
    }

    @Test
    void ownRecordsAreOnlyTheTemplates() {
        assertThat(Repositories.own(area.open().require("debian-12-minimal"), map()))
                .isEmpty();
        assertThat(Repositories.own(area.open().require("debian-12"), map())).hasSize(2);
    }

    private List<RepositoryRecord> effective(String name, String... applications) {
        OsTemplate template = area.open().require(name);
        List<AppTemplate> apps = java.util.Arrays.stream(applications)
                .map(app -> area.open().requireApplication(template, app))
                .toList();
        return Repositories.effective(template, apps, map());
    }

    private UrlMap map() {
        return UrlMap.read(directory.resolve("none"), new HostArchive(directory, directory.resolve("none")));
    }
}
