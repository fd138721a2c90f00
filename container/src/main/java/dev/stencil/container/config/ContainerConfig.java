package dev.stencil.container.config;

import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is configured for one container: its own file on top of vz.conf. Keys: spec vzctl 1.5.
 *
 * @param own the container's file
 * @param global vz.conf, whose value counts where the container's file has none
 */
public record ContainerConfig(ContainerId id, ConfigFile own, ConfigFile global) {
    /** Never taken from vz.conf; source: spec vzctl 1.2. */
    private static final Set<String> NOT_INHERITED = Set.of("VEID", "UUID", "NETFILTER", "NAME");

    /** The non-empty value of {@code key}. */
    public Optional<String> get(String key) {
        Optional<String> value = own.get(key);
        return value.isEmpty() && !NOT_INHERITED.contains(key) ? global.nonEmpty(key) : value.filter(v -> !v.isEmpty());
    }

    /** Words of a list value. */
    public List<String> list(String key) {
        return get(key).map(ConfigFile::split).orElse(List.of());
    }

    public boolean isYes(String key) {
        return get(key).filter(value -> value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("on"))
                .isPresent();
    }

    /** The value of {@code key} as an amount; a value that cannot be read counts as absent, as the kernel's would. */
    public Optional<Amount> amount(String key, Amount.Unit unit) {
        return get(key).flatMap(text -> {
            try {
                return Optional.of(Amount.parse(key, text, unit));
            } catch (StencilException unreadable) {
                return Optional.empty();
            }
        });
    }

    public Optional<String> name() {
        return get("NAME");
    }

    /** Kept in the file as UUID; a container whose id is a UUID has that one. */
    public String uuid() {
        return get("UUID").orElse(id.isNumber() ? "" : id.text());
    }

    public Optional<String> hostName() {
        return get("HOSTNAME");
    }

    public Optional<String> description() {
        return get("DESCRIPTION").map(Description::decode);
    }

    /** Addresses of the routed device; words that are no addresses are left out, {@code vzctl set} refuses them. */
    public List<IpAddress> addresses() {
        return IpAddress.parseAll(
                list("IP_ADDRESS").stream().filter(ContainerConfig::isAddress).toList());
    }

    public List<String> nameservers() {
        return list("NAMESERVER");
    }

    public List<String> searchDomains() {
        return list("SEARCHDOMAIN");
    }

    /** OSTEMPLATE without its leading dot. */
    public Optional<String> osTemplate() {
        return get("OSTEMPLATE").map(name -> name.startsWith(".") ? name.substring(1) : name);
    }

    /** Names of application templates. */
    public List<String> applications() {
        return list("TEMPLATES");
    }

    public Path privateArea(HostLayout layout) {
        return path("VE_PRIVATE", Fault.PRIVATE_UNSET, layout);
    }

    public Path root(HostLayout layout) {
        return path("VE_ROOT", Fault.ROOT_UNSET, layout);
    }

    /** The path of {@code pattern} with its first {@code $VEID} or {@code ${VEID}} replaced; source: spec vzctl 1.3. */
    public static Path expand(String pattern, ContainerId id, HostLayout layout) {
        int at = pattern.indexOf("${VEID}");
        int length = 7;
        if (at < 0) {
            at = pattern.indexOf("$VEID");
            length = 5;
        }
        return layout.at(at < 0 ? pattern : pattern.substring(0, at) + id.text() + pattern.substring(at + length));
    }

    private Path path(String key, Fault fault, HostLayout layout) {
        String pattern = get(key).orElseThrow(() -> new StencilException(
                fault, key + " is not set for container " + id + ". Set it there or in " + layout.vzConf() + "."));
        return expand(pattern, id, layout);
    }

    private static boolean isAddress(String word) {
        try {
            IpAddress.parse(word);
            return true;
        } catch (StencilException e) {
            return false;
        }
    }

    /** Value of {@code TEMPLATES} as the original writes it: a blank and a dot before each name (spec vzpkg 3.4). */
    public static String applicationsText(List<String> names) {
        var text = new StringBuilder();
        names.forEach(name -> text.append(" .").append(name));
        return text.toString();
    }
}
