package dev.stencil.container.many;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.container.Container;
import dev.stencil.container.ContainerStatus;
import dev.stencil.container.ContainerStatus.State;
import dev.stencil.container.ListedContainer;
import dev.stencil.container.PrivateArea;
import dev.stencil.container.config.ContainerConfig;
import dev.stencil.container.config.ContainerConfigs;
import dev.stencil.container.config.ContainerId;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerSelectionTest {
    @TempDir
    Path root;

    private final List<ListedContainer> host = new ArrayList<>();

    @BeforeEach
    void makeContainers() throws IOException {
        write("etc/vz/vz.conf", "LOCKDIR=/vz/lock\n");
        add("101", "web1", State.RUNNING, true);
        add("102", "web2", State.DOWN, false);
        add("103", "db", State.PAUSED, true);
        add("111", "", State.DOWN, true);
    }

    @Test
    void all_takesEveryContainerInOrder() {
        assertThat(ids(true, List.of(), List.of())).containsExactly("101", "102", "103", "111");
    }

    @Test
    void all_saysWhyAContainerIsLeftOutOfAChange() {
        var chosen = new ContainerSelection(true, List.of(), List.of()).from(host, configs(), true);

        assertThat(chosen)
                .extracting(one -> one.obstacle().orElse(""))
                .containsExactly("", "it is stopped", "it is paused", "it is mounted");
    }

    @Test
    void patterns_fitNamesAndIds() {
        assertThat(ids(false, List.of("web*", "11?"), List.of())).containsExactly("101", "102", "111");
    }

    @Test
    void patterns_thatFitNothing_areAnError() {
        assertThatThrownBy(() -> ids(false, List.of("x*"), List.of()))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CONTAINER_NAME))
                .hasMessageContaining("x*");
    }

    @Test
    void pattern_thatIsBroken_isNamed() {
        assertThatThrownBy(() -> ids(false, List.of("[a"), List.of()))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_VALUE))
                .hasMessageContaining("[a");
    }

    @Test
    void named_areTakenOnce_whateverTheirState() {
        var chosen = new ContainerSelection(false, List.of("web*"), List.of("111", "102", "102"))
                .from(host, configs(), true);

        assertThat(chosen).extracting(Candidate::id).containsExactly("101", "102", "111");
        assertThat(chosen).extracting(Candidate::obstacle).containsOnly(Optional.empty());
    }

    @Test
    void named_mustExist() {
        assertThatThrownBy(() -> ids(false, List.of(), List.of("999")))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CONTAINER_ABSENT));
    }

    private List<String> ids(boolean all, List<String> patterns, List<String> named) {
        return new ContainerSelection(all, patterns, named)
                .from(host, configs(), false).stream().map(Candidate::id).toList();
    }

    private ContainerConfigs configs() {
        var layout = new HostLayout(root);
        return new ContainerConfigs(layout, VzConf.read(layout));
    }

    private void add(String id, String name, State state, boolean mounted) throws IOException {
        write("etc/vz/conf/" + id + ".conf", name.isEmpty() ? "" : "NAME=\"" + name + "\"\n");
        Path file = root.resolve("etc/vz/conf/" + id + ".conf");
        ConfigFile own = ConfigFile.read(file);
        var config = new ContainerConfig(ContainerId.parse(id), own, own);
        var container = new Container(config.id(), config, new PrivateArea(root.resolve(id)), root.resolve("r" + id));
        host.add(new ListedContainer(container, new ContainerStatus(true, mounted, state), Optional.empty()));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
