package dev.stencil.container.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.container.config.HostName;
import dev.stencil.container.config.IpAddress;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestPersonalityTest {
    @TempDir
    Path directory;

    private Path guest;

    @BeforeEach
    void setUp() throws IOException {
        guest = Files.createDirectories(directory.resolve("guest"));
        Files.createDirectories(guest.resolve("etc"));
    }

    @Test
    void theHostNameIsWrittenAndResolves() throws IOException {
        file("etc/hosts", "127.0.0.1 localhost\n10.9.9.9 printer\n");

        personalise(identity("www.example.com", "10.92.0.5"));
        personalise(identity("www.example.com", "10.92.0.6"));

        assertThat(guest.resolve("etc/hostname")).hasContent("www.example.com");
        assertThat(Files.readAllLines(guest.resolve("etc/hosts")))
                .startsWith("127.0.0.1 localhost", "10.9.9.9 printer")
                .contains("10.92.0.6 www.example.com www")
                .hasSize(5);
    }

    @Test
    void aGuestWithoutAddressStillResolvesItsOwnName() throws IOException {
        personalise(identity("solo"));

        assertThat(guest.resolve("etc/hosts")).content().contains("127.0.0.1 localhost\n", "127.0.1.1 solo\n");
    }

    @Test
    void resolvConfKeepsWhatIsNotOurs() throws IOException {
        file("etc/resolv.conf", "options ndots:2\nnameserver 1.1.1.1\nsearch old\n");

        personalise(dns(List.of("10.0.0.53", "10.0.0.54"), List.of("example.com")));

        assertThat(guest.resolve("etc/resolv.conf"))
                .hasContent("options ndots:2\nsearch example.com\nnameserver 10.0.0.53\nnameserver 10.0.0.54\n");
    }

    @Test
    void resolvedGetsADropIn_andTheLinkStays() throws IOException {
        link("etc/resolv.conf", "../run/systemd/resolve/stub-resolv.conf");

        personalise(dns(List.of("10.0.0.53"), List.of("example.com")));

        assertThat(guest.resolve("etc/systemd/resolved.conf.d/stencil.conf"))
                .content()
                .contains("DNS=10.0.0.53\nDomains=example.com\n");
        assertThat(guest.resolve("etc/resolv.conf")).isSymbolicLink();
    }

    @Test
    void aLinkToSomethingThatExistsIsLeftAlone_aDanglingOneIsReplaced() throws IOException {
        file("etc/managed", "nameserver 1.1.1.1\n");
        link("etc/resolv.conf", "managed");
        personalise(dns(List.of("10.0.0.53"), List.of()));
        assertThat(guest.resolve("etc/managed")).hasContent("nameserver 1.1.1.1");

        Files.delete(guest.resolve("etc/managed"));
        personalise(dns(List.of("10.0.0.53"), List.of()));
        assertThat(guest.resolve("etc/resolv.conf")).isRegularFile().hasContent("nameserver 10.0.0.53");
    }

    @Test
    void resolvconfIsToldThroughItsBaseFile() throws IOException {
        Files.createDirectories(guest.resolve("etc/resolvconf/resolv.conf.d"));

        personalise(dns(List.of("10.0.0.53"), List.of()));

        assertThat(guest.resolve("etc/resolvconf/resolv.conf.d/base")).hasContent("nameserver 10.0.0.53");
        assertThat(guest.resolve("etc/resolv.conf")).doesNotExist();
    }

    @Test
    void linksThatLeadOutsideChangeNothingOutside() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "safe\n");
        Path victims = Files.createDirectories(directory.resolve("victims"));
        link("etc/hostname", victim.toString());
        link("etc/hosts", "../../victim");
        link("etc/systemd", victims.toString());
        Files.createDirectories(guest.resolve("sbin"));
        file("sbin/ifup", "");
        link("etc/network", "../../victims");

        assertThatThrownBy(() -> personalise(identity("www.example.com", "10.92.0.5")))
                .as("etc/network leads nowhere inside the root")
                .isInstanceOf(IOException.class);

        assertThat(victim).hasContent("safe");
        assertThat(victims).isEmptyDirectory();
        assertThat(guest.resolve("etc/hostname")).isRegularFile().hasContent("www.example.com");
    }

    @Test
    void networkdGetsAnOnLinkGateway() throws IOException {
        link("etc/systemd/system/multi-user.target.wants/systemd-networkd.service", "/lib/systemd/system/x");
        file("sbin/ifup", "");

        personalise(identity("a", "10.92.0.5/24", "fd00::5/64"));

        assertThat(guest.resolve("etc/systemd/network/10-stencil-venet0.network"))
                .hasContent(
                        """
                        # Written by Stencil at each start.
                        [Match]
                        Name=venet0

                        [Network]
                        LinkLocalAddressing=no
                        IPv6AcceptRA=no
                        KeepConfiguration=yes
                        ConfigureWithoutCarrier=yes
                        Address=10.92.0.5/32
                        Address=fd00::5/128

                        [Route]
                        Gateway=169.254.0.1
                        GatewayOnLink=yes

                        [Route]
                        Gateway=fe80::ffff:1:1
                        GatewayOnLink=yes
                        """);
        assertThat(guest.resolve("etc/network")).as("first kind only").doesNotExist();
    }

    @Test
    void ifupdownGetsAFileOfItsOwn_removedWithTheLastAddress() throws IOException {
        file("usr/sbin/ifup", "");
        file("etc/network/interfaces", "source /etc/network/interfaces.d/*\n");
        Path dropIn = guest.resolve("etc/network/interfaces.d/stencil-venet0");

        personalise(identity("a", "10.92.0.5"));
        assertThat(dropIn)
                .hasContent(
                        """
                        # Written by Stencil at each start.
                        auto venet0
                        iface venet0 inet manual
                            up ip link set venet0 up
                            up ip address replace 10.92.0.5/32 dev venet0
                            up ip route replace default via 169.254.0.1 dev venet0 onlink
                        """);

        personalise(identity("a"));
        assertThat(dropIn).doesNotExist();
        assertThat(guest.resolve("etc/network/interfaces")).hasContent("source /etc/network/interfaces.d/*");
    }

    @Test
    void ifupdownWithoutDirectoryGetsABlock() throws IOException {
        file("sbin/ifup", "");
        file("etc/network/interfaces", "auto lo\niface lo inet loopback\n");

        personalise(identity("a", "10.92.0.5"));
        assertThat(guest.resolve("etc/network/interfaces"))
                .content()
                .contains("iface lo", "iface venet0", "# Stencil end");

        personalise(identity("a"));
        assertThat(guest.resolve("etc/network/interfaces")).hasContent("auto lo\niface lo inet loopback");
    }

    @Test
    void aGuestKeepsAFileToItselfWithAMarker() throws IOException {
        file("etc/hosts", "127.0.0.1 localhost mine\n");
        file("etc/.stencil-ignore.hosts", "");

        personalise(identity("www.example.com"));

        assertThat(guest.resolve("etc/hosts")).hasContent("127.0.0.1 localhost mine");
        assertThat(guest.resolve("etc/hostname")).hasContent("www.example.com");
    }

    @Test
    void theMachineIdIsEmptiedAndItsCopyGone() throws IOException {
        file("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        file("var/lib/dbus/machine-id", "0123456789abcdef0123456789abcdef\n");

        try (Root root = Root.open(guest)) {
            GuestPersonality.forgetMachineId(new GuestFiles(root, Owner.ROOT));
        }

        assertThat(guest.resolve("etc/machine-id")).isEmptyFile();
        assertThat(guest.resolve("var/lib/dbus/machine-id")).doesNotExist();
    }

    @Test
    void inheritedServersLeaveOutTheHostsOwnLoopback() throws IOException {
        Path main = Files.writeString(directory.resolve("resolv.conf"), "nameserver 127.0.0.53\nsearch lan\n");
        Path upstream = Files.writeString(directory.resolve("upstream"), "nameserver 10.0.0.1\nsearch lan\n");

        assertThat(HostResolver.read(main, upstream)).isEqualTo(new HostResolver(List.of("10.0.0.1"), List.of("lan")));
        assertThat(HostResolver.read(upstream, main).nameservers()).containsExactly("10.0.0.1");
        assertThat(HostResolver.read(directory.resolve("none"), directory.resolve("none"))
                        .nameservers())
                .isEmpty();
    }

    private void personalise(GuestIdentity identity) throws IOException {
        try (Root root = Root.open(guest)) {
            GuestPersonality.write(new GuestFiles(root, Owner.ROOT), identity);
        }
    }

    private static GuestIdentity identity(String hostName, String... addresses) {
        return new GuestIdentity(
                Optional.of(new HostName(hostName)), IpAddress.parseAll(List.of(addresses)), List.of(), List.of());
    }

    private static GuestIdentity dns(List<String> servers, List<String> domains) {
        return new GuestIdentity(Optional.empty(), List.of(), servers, domains);
    }

    private void file(String name, String content) throws IOException {
        Files.createDirectories(guest.resolve(name).getParent());
        Files.writeString(guest.resolve(name), content);
    }

    private void link(String name, String target) throws IOException {
        Files.createDirectories(guest.resolve(name).getParent());
        Files.createSymbolicLink(guest.resolve(name), Path.of(target));
    }
}
