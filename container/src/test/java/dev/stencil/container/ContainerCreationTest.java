package dev.stencil.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stencil.container.CreateContainerRequest.Places;
import dev.stencil.container.CreateContainerRequest.Profile;
import dev.stencil.container.applications.ContainerAccess;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.ContainerName;
import dev.stencil.container.config.IpAddress;
import dev.stencil.container.config.Settings;
import dev.stencil.container.config.SettingsChange;
import dev.stencil.container.engine.FakeEngine;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline and the error table of spec vzctl 4.1 and 4.7. Files are given to other users, so this needs root. */
class ContainerCreationTest {
    private static final ContainerId ID = ContainerId.parse("301");

    @TempDir
    Path directory;

    private final FakeEngine engine = new FakeEngine();
    private ContainerHouse house;

    @BeforeEach
    void setUp() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        // Where a container starts, other users must be able to reach its root.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        house = new ContainerHouse(directory, engine);
        house.cache();
    }

    @Test
    void aContainerHasEverythingItsConfigurationNeeds() throws IOException {
        Container container = create(house.request("301"));

        ConfigFile config = ConfigFile.read(house.path("/etc/vz/conf/301.conf"));
        assertThat(config.get("VEID")).contains("301");
        assertThat(config.get("OSTEMPLATE")).contains(".tiny-1-x86_64");
        assertThat(config.get("DISTRIBUTION")).contains("debian");
        assertThat(config.get("ORIGIN_SAMPLE")).contains("basic");
        assertThat(config.get("PHYSPAGES")).contains("65536:65536");
        assertThat(config.get("VE_PRIVATE")).contains("/vz/private/$VEID");
        assertThat(config.get("IP_ADDRESS")).as("0.0.0.0 means none").isEmpty();
        assertThat(config.get("UUID").orElseThrow()).hasSize(36);
        assertThat(container.area().layers()).hasSize(1);
        assertThat(container.area().templates().resolve("vzpackages")).exists();
        assertThat(container.area().templates().resolve("tiny-1-x86_64/timestamp"))
                .exists();
        assertThat(container.area().templates().resolve(ContainerAccess.LOCK_RECORD))
                .hasContent("the lock\n");
        assertThat(Files.getAttribute(container.area().upper(), "unix:uid"))
                .isEqualTo(container.area().ids().base());
        assertThat(house.path("/vz/lock")).isEmptyDirectory();
    }

    @Test
    void anAppcacheBringsItsApplicationsAlong() throws IOException {
        house.write("/vz/template/tiny/1/x86_64/config/app/web/default/packages", "web\n");
        house.write("/vz/template/tiny/1/x86_64/config/app/mail/default/packages", "mail\n");
        house.write("/vz/template/tiny/1/x86_64/config/app/mail/default/golden_image", "no\n");
        house.write("/etc/vz/conf/ve-shop.conf-sample", "TEMPLATES=\".web .mail\"\n");
        house.appcache("web");
        List<String> installed = new ArrayList<>();

        Container container = house.service()
                .create(
                        profile(Optional.of("shop"), Optional.empty()),
                        (id, names, progress) -> installed.addAll(names),
                        Progress.NONE);

        assertThat(installed).containsExactly("mail");
        assertThat(container.config().get("TEMPLATES")).contains(" .web");
        assertThat(container.area().layers()).hasSize(2);
        assertThat(container.area().templates().resolve("web/timestamp")).exists();
    }

    @Test
    void withoutAnAppcacheAllApplicationsAreInstalledAfterwards() throws IOException {
        house.write("/vz/template/tiny/1/x86_64/config/app/web/default/packages", "web\n");
        house.write("/etc/vz/conf/ve-shop.conf-sample", "TEMPLATES=\".web\"\n");
        List<String> installed = new ArrayList<>();

        Container container = house.service()
                .create(
                        profile(Optional.of("shop"), Optional.empty()),
                        (id, names, progress) -> installed.addAll(names),
                        Progress.NONE);

        assertThat(installed).containsExactly("web");
        assertThat(container.config().get("TEMPLATES")).isEmpty();
    }

    @Test
    void anUnknownApplicationLeavesNothing_andIsPassedOverWhereNoneAreWanted() throws IOException {
        house.write("/etc/vz/conf/ve-shop.conf-sample", "TEMPLATES=\".nosuch\"\n");
        CreateContainerRequest request = profile(Optional.of("shop"), Optional.empty());

        assertThatThrownBy(() -> house.service().create(request, (id, names, progress) -> {}, Progress.NONE))
                .hasMessageContaining("No application template 'nosuch'");
        assertNothingLeft();

        assertThat(create(request).config().applications()).isEmpty();
    }

    @Test
    void optionsWinOverTheSample() throws IOException {
        house.write("/etc/vz/conf/ve-big.conf-sample", "PHYSPAGES=\"1:1\"\nHOSTNAME=\"sample\"\nONBOOT=\"yes\"\n");
        SettingsChange change = SettingsChange.NONE
                .with(setting("--hostname"), "www.example.com")
                .with(setting("--description"), "my web")
                .adding(List.of(IpAddress.parse("10.92.0.5/24")));
        var request = new CreateContainerRequest(
                ID,
                Optional.of("6c5b6b0e-4a1f-4d0a-9d9a-0123456789ab"),
                Optional.of(new ContainerName("web")),
                new Profile(Optional.of("big"), Optional.of(".tiny-1"), false),
                new Places(Optional.of("/data/$VEID"), Optional.of("/mnt/$VEID")),
                change);

        Container container = create(request);

        assertThat(container.area().path()).isEqualTo(house.path("/data/301"));
        assertThat(container.root()).isEqualTo(house.path("/mnt/301"));
        assertThat(container.config().hostName()).contains("www.example.com");
        assertThat(container.config().get("DESCRIPTION")).contains("my=20web");
        assertThat(container.config().get("IP_ADDRESS")).contains("10.92.0.5/255.255.255.0");
        assertThat(container.config().get("ONBOOT")).contains("yes");
        assertThat(container.config().uuid()).isEqualTo("6c5b6b0e-4a1f-4d0a-9d9a-0123456789ab");
        assertThat(house.service().containers().require("web").id()).isEqualTo(ID);
    }

    @Test
    void anIdThatIsAUuidIsTheUuid() {
        Container container = create(house.request("6c5b6b0e4a1f4d0a9d9a0123456789ab"));

        assertThat(container.config().uuid()).isEqualTo("6c5b6b0e-4a1f-4d0a-9d9a-0123456789ab");
    }

    @Test
    void anExistingContainerIsUntouched() throws IOException {
        create(house.request("301"));
        Files.writeString(house.path("/vz/private/301/fs/precious"), "x");

        assertFails(house.request("301"), 44);

        assertThat(house.path("/vz/private/301/fs/precious")).exists();
    }

    @Test
    void aPrivateAreaWithoutConfigurationIsUntouched() throws IOException {
        house.write("/vz/private/301/precious", "x");

        assertFails(house.request("301"), 44);

        assertThat(house.path("/vz/private/301/precious")).exists();
        assertThat(house.path("/etc/vz/conf/301.conf")).doesNotExist();
    }

    @Test
    void aConfigurationPreparedByTheAdministratorIsTheBase_andSurvivesAFailure() throws IOException {
        house.write("/etc/vz/conf/301.conf", "HOSTNAME=\"prepared\"\n");
        house.write("/vz/private/301/precious", "x");

        assertFails(house.request("301"), 44);
        assertThat(house.path("/etc/vz/conf/301.conf")).isRegularFile().hasContent("HOSTNAME=\"prepared\"");

        Files.delete(house.path("/vz/private/301/precious"));
        Files.delete(house.path("/vz/private/301"));
        assertThat(create(house.request("301")).config().hostName()).contains("prepared");
        assertThat(house.path("/etc/vz/conf/301.conf")).isSymbolicLink();
    }

    @Test
    void aMissingSampleLeavesNothing() {
        assertFails(profile(Optional.of("nosuch"), Optional.empty()), 82);
        assertNothingLeft();
    }

    @Test
    void anUnknownTemplateLeavesNothing() {
        assertFails(profile(Optional.empty(), Optional.of("nosuch-1")), 48);
        assertNothingLeft();
    }

    @Test
    void noTemplateAtAllIsSaid() throws IOException {
        Path conf = house.path("/etc/vz/vz.conf");
        Files.writeString(conf, Files.readString(conf).replaceAll("DEF_OSTEMPLATE=.*\n", ""));

        assertFails(house.request("301"), 211);
    }

    @Test
    void aNameInUseLeavesNothing() {
        create(named("302", "web"));

        assertFails(named("301", "web"), 137);
        assertThat(house.path("/vz/private/301")).doesNotExist();
        assertThat(house.path("/etc/vz/conf/301.conf")).doesNotExist();
    }

    @Test
    void aCacheThatCannotBeMadeLeavesNothing() throws IOException {
        Files.delete(house.path("/vz/template/stencil/caches/tiny-1-x86_64/current"));
        house.cachesFrom((request, progress) -> {
            throw new StencilException(Fault.FETCH_FAILED, "no route to mirror");
        });

        assertFails(house.request("301"), 48);
        assertNothingLeft();

        house.cachesFrom((request, progress) -> {
            throw new StencilException(Fault.NO_SPACE, "disk full");
        });
        assertFails(house.request("301"), 46);
        assertNothingLeft();
    }

    @Test
    void aMissingCacheIsMadeOnTheFly() throws IOException {
        Path current = house.path("/vz/template/stencil/caches/tiny-1-x86_64/current");
        Files.delete(current);
        house.cachesFrom((request, progress) -> {
            assertThat(request.template()).isEqualTo("tiny-1-x86_64");
            try {
                house.cache();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            var generation = new dev.stencil.image.Generation(request.template(), 1, List.of(), current, Instant.EPOCH);
            return new CacheResult.Built(generation, 1, 1, Duration.ZERO);
        });

        assertThat(create(house.request("301")).area().layers()).hasSize(1);
    }

    @Test
    void whatAKilledCommandLeftIsInNobodysWay() throws IOException {
        house.write("/vz/private/301.private_temporary/fs/half", "x");
        house.write("/vz/lock/301.lck", "4194305\ncreating\n");
        Files.createSymbolicLink(house.path("/etc/vz/conf/301.conf"), house.path("/vz/private/301/ve.conf"));

        create(house.request("301"));

        assertThat(house.path("/vz/private").toFile().list()).containsExactly("301");
    }

    @Test
    void layersOfContainersAreInUse() throws IOException {
        Container container = create(house.request("301"));

        var layers =
                new ContainerLayers(house.layout(), house.service().containers().configs());

        assertThat(layers.layersInUse())
                .containsExactlyElementsOf(container.area().layers());
        Files.delete(container.area().layersFile());
        assertThatThrownBy(layers::layersInUse).isInstanceOf(IOException.class).hasMessageContaining("301");
    }

    private Container create(CreateContainerRequest request) {
        return house.service().create(request, Progress.NONE);
    }

    private void assertFails(CreateContainerRequest request, int code) {
        assertThatThrownBy(() -> create(request)).isInstanceOfSatisfying(StencilException.class, e -> assertThat(
                        e.fault().vzctlCode())
                .isEqualTo(code));
        assertThat(house.path("/vz/lock/301.lck")).doesNotExist();
    }

    private void assertNothingLeft() {
        assertThat(house.path("/etc/vz/conf/301.conf")).doesNotExist();
        String[] left = house.path("/vz/private").toFile().list();
        assertThat(left == null ? new String[0] : left).isEmpty();
        String[] ids = house.path("/var/vz/ids").toFile().list();
        assertThat(ids == null ? new String[0] : ids).isEmpty();
    }

    private CreateContainerRequest profile(Optional<String> sample, Optional<String> template) {
        return new CreateContainerRequest(
                ID,
                Optional.empty(),
                Optional.empty(),
                new Profile(sample, template, false),
                Places.DEFAULT,
                SettingsChange.NONE);
    }

    private static CreateContainerRequest named(String id, String name) {
        return new CreateContainerRequest(
                ContainerId.parse(id),
                Optional.empty(),
                Optional.of(new ContainerName(name)),
                Profile.DEFAULT,
                Places.DEFAULT,
                SettingsChange.NONE);
    }

    private static dev.stencil.container.config.Setting setting(String option) {
        return Settings.all().stream()
                .filter(setting -> setting.names().contains(option))
                .findFirst()
                .orElseThrow();
    }
}
