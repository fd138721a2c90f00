package dev.stencil.cli.vzpkg.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.ToolRun;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.fixtures.lane.NotAffectedBy;
import dev.stencil.linux.Root;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code vzpkg status} and {@code list -p} of a template, with the real apt on a small repository. */
@NotAffectedBy("container")
class CacheStatusIT {
    private Path work;
    private TinyRepository repository;
    private ToolRun tools;

    @BeforeEach
    void makeHost() throws IOException {
        work = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-cache-status");
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        repository = TinyRepository.in(work.resolve("archive"))
                .addBase()
                .add(TinyPackage.named("web"))
                .publish();
        TinyHost.in(work.resolve("host"), repository.record(), repository.keyring(), "web");
        tools = new ToolRun(work.resolve("host"));
    }

    @AfterEach
    void removeHost() throws IOException {
        try (Root parent = Root.open(work.getParent())) {
            parent.deleteTree(work.getFileName().toString());
        }
    }

    @Test
    void status_goesFromNotCachedToFreshToStale() throws IOException {
        assertThat(tools.run("vzpkg", "status", "tiny-1-x86_64").code()).isEqualTo(23);

        assertThat(tools.run("vzpkg", "create", "cache", "tiny-1-x86_64").code())
                .isZero();
        ToolRun.Result fresh = tools.run("vzpkg", "status", "tiny-1-x86_64");
        assertThat(fresh.code()).as(fresh.text()).isZero();
        assertThat(fresh.data()).endsWith("Caches of tiny-1-x86_64 are up to date\n");

        repository.add(TinyPackage.named("web").version("2.0")).publish();
        ToolRun.Result stale = tools.run("vzpkg", "status", "-r", "-q", "tiny-1-x86_64");

        assertThat(stale.code()).as(stale.text()).isEqualTo(22);
        assertThat(stale.data()).isEmpty();
        assertThat(stale.messages()).contains(" is not up to date\nCaches of tiny-1-x86_64 are not up to date\n");
    }

    @Test
    void packagesOfSeveral_areOneDocument() throws IOException {
        TinyHost.release(work.resolve("host"), "2", repository.record(), repository.keyring(), "web");

        ToolRun.Result one = tools.run("vzpkg", "list", "-p", "--json", "tiny-1-x86_64");
        ToolRun.Result two = tools.run("vzpkg", "list", "-p", "--json", "tiny-1-x86_64", "tiny-2-x86_64");

        JsonNode alone = new JsonMapper().readTree(one.data());
        JsonNode both = new JsonMapper().readTree(two.data());
        assertThat(alone.isArray()).isTrue();
        assertThat(alone.isEmpty()).isFalse();
        assertThat(both.propertyNames()).containsExactly("tiny-1-x86_64", "tiny-2-x86_64");
        assertThat(both.get("tiny-1-x86_64")).isEqualTo(alone);
        assertThat(both.get("tiny-2-x86_64").isEmpty()).isFalse();
    }

    @Test
    void statusOfSeveral_isOneDocument() throws IOException {
        TinyHost.release(work.resolve("host"), "2", repository.record(), repository.keyring(), "web");
        tools.run("vzpkg", "create", "cache", "tiny-1-x86_64");

        ToolRun.Result named = tools.run("vzpkg", "status", "--json", "tiny-1-x86_64", "tiny-2-x86_64");
        ToolRun.Result all = tools.run("vzpkg", "status", "--json");
        ToolRun.Result failing = tools.run("vzpkg", "status", "--json", "tiny-1-x86_64", "tiny-3-x86_64");
        ToolRun.Result one = tools.run("vzpkg", "status", "--json", "tiny-2-x86_64");

        JsonNode several = new JsonMapper().readTree(named.data());
        assertThat(several.at("/templates/0/state").asString()).isEqualTo("fresh");
        assertThat(several.at("/templates/0/code").asInt()).isZero();
        assertThat(several.at("/templates/1/template").asString()).isEqualTo("tiny-2-x86_64");
        assertThat(several.at("/templates/1/state").asString()).isEqualTo("missing");
        assertThat(several.at("/containers").isEmpty()).isTrue();
        assertThat(several.at("/code").asInt()).isEqualTo(23);
        assertThat(named.code()).isEqualTo(23);
        assertThat(all.data()).isEqualTo(named.data());
        assertThat(new JsonMapper().readTree(failing.data()).at("/code").asInt())
                .as("what was seen before an operand that does not exist")
                .isEqualTo(failing.code())
                .isEqualTo(24);
        assertThat(new JsonMapper().readTree(one.data()).at("/state").asString())
                .as("one operand, one plain object")
                .isEqualTo("missing");
    }

    @Test
    void status_namesMissingListsWhenNoneMayBeFetched() {
        ToolRun.Result result = tools.run("vzpkg", "list", "-p", "-C", "tiny-1-x86_64");

        assertThat(result.code()).as(result.text()).isEqualTo(67);
    }

    @Test
    void infoOfAPackage_proposesOneThatThereIs() {
        ToolRun.Result result = tools.run("vzpkg", "info", "-p", "-F", "tiny-1-x86_64", "wbe");

        assertThat(result.code()).as(result.text()).isEqualTo(70);
        assertThat(result.messages())
                .contains("There is no package wbe. Did you mean web? See 'vzpkg list -p tiny-1-x86_64'.");
    }

    @Test
    void questions_areStagesForPrograms() throws IOException {
        Path told = Files.createFile(work.resolve("told"));
        List<String> messages = new ArrayList<>();
        try (var open = new FileOutputStream(told.toFile(), true)) {
            for (String words : List.of(
                    "info tiny-1-x86_64",
                    "info -p -F tiny-1-x86_64 web",
                    "list -p tiny-1-x86_64",
                    "list tiny-1-x86_64",
                    "list -g tiny-1-x86_64")) {
                String command = "vzpkg " + words + " --progress " + numberOf(told);
                messages.add(tools.run(command.split(" ")).messages());
            }
            open.flush();
        }

        assertThat(Files.readString(told))
                .isEqualTo(
                        """
                        percent=0 stage=Getting OS template information
                        percent=100 stage=Getting OS template information
                        percent=0 stage=Getting package information
                        percent=100 stage=Getting package information
                        percent=0 stage=Getting template packages
                        percent=100 stage=Getting template packages
                        percent=0 stage=Getting template groups
                        percent=100 stage=Getting template groups
                        """);
        assertThat(String.join("", messages)).doesNotContain("Getting");
    }

    /** The number of the descriptor by which this process holds {@code file}. */
    private static String numberOf(Path file) throws IOException {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSameFile(descriptor, file)) {
                    return String.valueOf(descriptor.getFileName());
                }
            }
        }
        throw new IOException(file + " is not open");
    }

    @Test
    void createCache_proposesAPackage_forAWrongWordInAList() throws IOException {
        TinyHost.release(work.resolve("host"), "2", repository.record(), repository.keyring(), "wbe");

        ToolRun.Result result = tools.run("vzpkg", "create", "cache", "tiny-2-x86_64");

        assertThat(result.messages())
                .contains("Unable to locate package wbe\nThere is no package wbe. Did you mean web?");
    }

    @Test
    void listOfPackages_showsWhatTheRepositoriesOffer() {
        ToolRun.Result result = tools.run("vzpkg", "list", "-p", "tiny-1-x86_64");

        assertThat(result.data()).contains("web.all                                  1.0\n");
    }
}
