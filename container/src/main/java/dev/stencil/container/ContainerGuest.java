package dev.stencil.container;

import dev.stencil.container.config.ContainerConfig;
import dev.stencil.container.config.HostName;
import dev.stencil.container.config.IpAddress;
import dev.stencil.container.engine.GuestSpec;
import dev.stencil.container.guest.GuestFiles;
import dev.stencil.container.guest.GuestIdentity;
import dev.stencil.container.guest.GuestPersonality;
import dev.stencil.container.guest.HostResolver;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A container's configuration in the terms of its guest: the files inside, and what the engine boots. */
final class ContainerGuest {
    private static final String NAME_OF_NOBODY = "localhost.localdomain";

    private ContainerGuest() {}

    /** Writes the files of the mounted root. The first start gives the guest a machine-id of its own. */
    static void personalise(Container container, boolean isIpv6On) throws IOException {
        try (Root root = Root.open(container.root())) {
            var files = new GuestFiles(root, container.area().ids().root());
            // Only what the container has changed is in its upper directory: before its first start, nothing is.
            if (!Files.exists(container.area().upper().resolve("etc/machine-id"), LinkOption.NOFOLLOW_LINKS)) {
                GuestPersonality.forgetMachineId(files);
            }
            GuestPersonality.write(files, identity(container.config(), isIpv6On));
        }
    }

    static GuestIdentity identity(ContainerConfig config, boolean isIpv6On) throws IOException {
        List<String> servers = config.nameservers();
        List<String> domains = config.searchDomains();
        if (servers.contains("inherit") || domains.contains("inherit")) {
            HostResolver host = HostResolver.read();
            servers = servers.contains("inherit") ? host.nameservers() : servers;
            domains = domains.contains("inherit") ? host.searchDomains() : domains;
        }
        return new GuestIdentity(hostName(config), addresses(config, isIpv6On), servers, domains);
    }

    /** What the engine boots. */
    static GuestSpec spec(Container container, boolean isIpv6On) {
        ContainerConfig config = container.config();
        String name = hostName(config).map(HostName::text).orElse(NAME_OF_NOBODY);
        var identity = new GuestSpec.Identity(name, UUID.fromString(config.uuid()), environment(config));
        return new GuestSpec(
                container.id().text(),
                container.root(),
                identity,
                container.area().ids().shift(),
                inet(addresses(config, isIpv6On)),
                ContainerLimits.of(config),
                List.of(),
                config.get("ALLOWREBOOT").filter("no"::equals).isEmpty());
    }

    static List<InetAddress> inet(List<IpAddress> addresses) {
        List<InetAddress> result = new ArrayList<>();
        for (IpAddress address : addresses) {
            result.add(InetAddress.ofLiteral(address.host()));
        }
        return result;
    }

    static List<IpAddress> addresses(ContainerConfig config, boolean isIpv6On) {
        return config.addresses().stream()
                .filter(address -> isIpv6On || !address.isV6())
                .toList();
    }

    private static Optional<HostName> hostName(ContainerConfig config) {
        return config.hostName().flatMap(text -> {
            try {
                return Optional.of(new HostName(text));
            } catch (StencilException editedByHand) {
                return Optional.empty();
            }
        });
    }

    /** VE_ENVIRONMENT: words {@code K=V}. */
    private static Map<String, String> environment(ContainerConfig config) {
        Map<String, String> result = new LinkedHashMap<>();
        for (String word : config.get("VE_ENVIRONMENT").map(ConfigFile::split).orElse(List.of())) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                result.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return result;
    }
}
