package dev.stencil.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Redaction;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.2,10.0.0.2",
        "10.0.0.2/24,10.0.0.2/255.255.255.0",
        "10.0.0.2/255.255.255.0,10.0.0.2/255.255.255.0",
        "10.0.0.2/0,10.0.0.2/0.0.0.0",
        "10.0.0.2/32,10.0.0.2/255.255.255.255",
        "FD00:0:0:0:0:0:0:2/64,fd00::2/64",
        "fd00:0:0:1:0:0:0:2,fd00:0:0:1::2",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "::1,::1",
        "::/0,::/0",
    })
    void isSavedInOneForm(String given, String saved) {
        assertThat(IpAddress.parse(given).text()).isEqualTo(saved);
        assertThat(IpAddress.parse(saved).text()).isEqualTo(saved);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.1",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.2/33",
                "10.0.0.2/255.0.255.0",
                "10.0.0.2/",
                "10.0.0.2.3",
                "010.0.0.0001",
                "::g",
                "fe80::1%eth0",
                "::ffff:10.0.0.1",
                "fd00::2/129",
                "fd00::2/255.0.0.0",
                "localhost",
                "10.0.0.-1"
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void anAddressThatMeansNoneIsLeftOut() {
        assertThat(IpAddress.parseAll(List.of("0.0.0.0", "::", "::0", "10.0.0.2", "10.0.0.2/24")))
                .extracting(IpAddress::host)
                .containsExactly("10.0.0.2");
    }

    @Property
    void neverFailsOtherThanWithAMessage(
            @ForAll @CharRange(from = '.', to = ':') @CharRange(from = 'a', to = 'g') String text) {
        try {
            IpAddress address = IpAddress.parse(text);
            assertThat(InetAddress.ofLiteral(address.host()) instanceof Inet6Address)
                    .isEqualTo(address.isV6());
            assertThat(IpAddress.parse(address.text())).isEqualTo(address);
        } catch (StencilException refused) {
            assertThat(refused).hasMessageContaining("is not an IP address");
            if (Redaction.of("\"" + text + "\"")
                    .contains(text)) { // what looks like an address with a secret is not repeated
                assertThat(refused).hasMessageContaining(text);
            }
        }
    }

    @Property
    void isTheAddressThatTheJdkReads(@ForAll @Size(4) byte[] v4, @ForAll @Size(16) byte[] v6) throws IOException {
        for (byte[] bytes : List.of(v4, v6)) {
            InetAddress expected = InetAddress.getByAddress(bytes);

            assertThat(InetAddress.ofLiteral(
                            IpAddress.parse(expected.getHostAddress()).host()))
                    .isEqualTo(expected);
        }
    }
}
