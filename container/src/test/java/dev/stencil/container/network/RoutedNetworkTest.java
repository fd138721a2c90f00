package dev.stencil.container.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutedNetworkTest {
    /** A host whose {@code ip} answers the same to everything. */
    private record AnsweringHost(String answer) implements ProgramRunner {
        @Override
        public Finished run(Program program) {
            return new Finished(program, 0, false, answer.getBytes(StandardCharsets.UTF_8), "", Duration.ZERO);
        }

        @Override
        public Process start(Program program) throws IOException {
            throw new IOException("nothing is started");
        }
    }

    @TempDir
    Path directory;

    @Test
    void plannedForBothFamilies() throws IOException {
        network("")
                .plan(
                        directory,
                        "vz101",
                        List.of(InetAddress.ofLiteral("10.91.0.1"), InetAddress.ofLiteral("fd00:91:0:0:0:0:0:1")));

        assertThat(directory.resolve("network.link"))
                .hasContent("link add vz101 type veth peer name venet0 netns " + directory + "/net");
        assertThat(directory.resolve("network.host"))
                .hasContent(
                        """
                link set dev vz101 up
                address replace 169.254.0.1/32 dev vz101
                route replace 10.91.0.1/32 dev vz101 proto static
                address replace fe80::ffff:1:1/128 dev vz101 nodad
                route replace fd00:91:0:0:0:0:0:1/128 dev vz101 proto static
                """);
        assertThat(directory.resolve("network.guest"))
                .hasContent(
                        """
                link set dev lo up
                link set dev venet0 up
                address replace 10.91.0.1/32 dev venet0
                route replace default via 169.254.0.1 dev venet0 onlink
                address replace fd00:91:0:0:0:0:0:1/128 dev venet0 nodad
                route replace default via fe80::ffff:1:1 dev venet0 onlink
                """);
    }

    @Test
    void neighboursOfTheUplinkAreAnsweredForTheGuest() throws IOException {
        network("default via 192.0.2.1 dev uplink0 \n")
                .plan(directory, "vz101", List.of(InetAddress.ofLiteral("10.91.0.1")));

        assertThat(Files.readString(directory.resolve("network.host")))
                .contains("neighbour replace proxy 10.91.0.1 dev uplink0\n");
        assertThat(directory.resolve("network.down")).hasContent("neighbour delete proxy 10.91.0.1 dev uplink0");
    }

    @Test
    void withoutAddressesNothingIsPlanned_andAnOldPlanIsGone() throws IOException {
        RoutedNetwork network = network("");
        network.plan(directory, "vz101", List.of(InetAddress.ofLiteral("10.91.0.1")));

        network.plan(directory, "vz101", List.of());

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void addressOfAnotherGuestOrTheHostIsInUse() {
        List<InetAddress> wanted = List.of(InetAddress.ofLiteral("10.91.0.1"));

        assertThatThrownBy(() -> network("10.91.0.1 dev vz102 proto static scope link \n")
                        .requireFree("vz101", wanted))
                .isInstanceOfSatisfying(StencilException.class, e -> {
                    assertThat(e.fault()).isEqualTo(Fault.ADDRESS_IN_USE);
                    assertThat(e).hasMessageContaining("10.91.0.1").hasMessageContaining("vz102");
                });
        assertThatThrownBy(() -> network("local 10.91.0.1 dev eth0 table local proto kernel \n")
                        .requireFree("vz101", wanted))
                .hasMessageContaining("eth0");
    }

    @Test
    void addressThatIsOursAlreadyIsFree() throws IOException {
        network("10.91.0.1 dev vz101 proto static scope link \n")
                .requireFree("vz101", List.of(InetAddress.ofLiteral("10.91.0.1")));
    }

    @Test
    void namesOfDevicesFitTheKernel_andDiffer() {
        String first = RoutedNetwork.hostDevice("6f1c2e4a-0000-4000-8000-000000000201");
        String second = RoutedNetwork.hostDevice("6f1c2e4a-0000-4000-8000-000000000202");

        assertThat(RoutedNetwork.hostDevice("101")).isEqualTo("vz101");
        assertThat(first).hasSize(14).isNotEqualTo(second);
    }

    private static RoutedNetwork network(String answer) {
        return new RoutedNetwork(new AnsweringHost(answer));
    }
}
