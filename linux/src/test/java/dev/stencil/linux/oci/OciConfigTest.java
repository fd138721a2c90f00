package dev.stencil.linux.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OciConfigTest {
    private static OciConfig config(OciIsolation isolation) {
        var process = new OciProcess(
                List.of("/bin/sh", "-c", "echo \"quoted\""),
                Map.of("B", "2", "A", "1"),
                false,
                List.of("CAP_KILL"),
                Map.of("RLIMIT_NOFILE", new OciProcess.Limit(1024, 4096)));
        return new OciConfig(
                process, Path.of("/r"), "name", List.of(OciMount.readOnlyBind(Path.of("/from"), "/to")), isolation);
    }

    @Test
    void textIsTheSameForEqualValues_variablesInOrder() {
        String json = config(OciIsolation.of("pid")).json();

        assertThat(json)
                .isEqualTo(config(OciIsolation.of("pid")).json())
                .contains("\"env\":[\"A=1\",\"B=2\"]")
                .contains("\"args\":[\"/bin/sh\",\"-c\",\"echo \\\"quoted\\\"\"]")
                .contains("\"bounding\":[\"CAP_KILL\"]")
                .contains("{\"type\":\"RLIMIT_NOFILE\",\"soft\":1024,\"hard\":4096}")
                .contains("{\"destination\":\"/to\",\"type\":\"bind\",\"source\":\"/from\","
                        + "\"options\":[\"rbind\",\"ro\",\"nosuid\",\"nodev\"]}");
    }

    @Test
    void noDeviceIsAllowedAndNoFilterWrittenWithoutRules() {
        assertThat(config(OciIsolation.of("pid")).json())
                .contains("\"devices\":[{\"allow\":false,\"access\":\"rwm\"}]")
                .doesNotContain("seccomp");
    }

    @Test
    void namespacesAreMadeOrJoined_andUsersMapped() {
        OciIsolation isolation = OciIsolation.of("pid")
                .joining("network", Path.of("/run/net"))
                .joiningUsers(Path.of("/run/user"), new OciIsolation.Ids(1000000, 65536));

        assertThat(config(isolation).json())
                .contains("\"namespaces\":[{\"type\":\"pid\"},{\"type\":\"network\",\"path\":\"/run/net\"},"
                        + "{\"type\":\"user\",\"path\":\"/run/user\"}]")
                .contains("\"uidMappings\":[{\"containerID\":0,\"hostID\":1000000,\"size\":65536}]");
    }

    @Test
    void filteredCallsNameTheirErrorNumber() {
        var rule = new OciIsolation.SystemCallRule(List.of("fsync"), 0);

        assertThat(config(OciIsolation.of("pid").with(rule)).json())
                .contains("{\"names\":[\"fsync\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":0}");
    }

    @Test
    void mountPointsAreAbsolute() {
        assertThatThrownBy(() -> OciMount.of("tmpfs", "relative")).hasMessageContaining("relative");
    }
}
