package dev.stencil.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostLayoutTest {
    @Test
    void everyPathIsBelowTheRoot() {
        HostLayout layout = HostLayout.fromEnvironment(Map.of("STENCIL_ROOT", "/tmp/x/"));

        assertThat(layout.vzConf()).isEqualTo(Path.of("/tmp/x/etc/vz/vz.conf"));
        assertThat(layout.at("/vz/private/101")).isEqualTo(Path.of("/tmp/x/vz/private/101"));
        assertThat(layout.isHost()).isFalse();
    }

    @Test
    void configured_isTheInverseOfAt() {
        HostLayout layout = new HostLayout(Path.of("/tmp/x"));

        assertThat(layout.configured(layout.at("/vz/root/$VEID"))).isEqualTo("/vz/root/$VEID");
    }

    @Test
    void withoutTheVariableItIsTheHostItself() {
        assertThat(HostLayout.fromEnvironment(Map.of()).vzttConf()).isEqualTo(Path.of("/etc/vztt/vztt.conf"));
    }
}
