package dev.stencil.cli.vzlist;

import dev.stencil.container.ContainerStatus;
import dev.stencil.container.IdRange;
import dev.stencil.container.ListedContainer;
import dev.stencil.container.config.ContainerConfig;
import dev.stencil.container.config.IpAddress;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** All columns, in the order of {@code vzlist -L}. */
public final class Fields {
    /** What is shown when no column is named. */
    static final List<String> DEFAULT = List.of("veid", "numproc", "status", "configured_ip", "hostname");

    /** The same with the name, {@code -n}. */
    static final List<String> WITH_NAME = List.of("ctid", "numproc", "status", "configured_ip", "name");

    /** What {@code -j} writes when no column is named; before and after the resource counters. */
    private static final List<String> JSON_BEFORE = List.of(
            "ctid",
            "private",
            "root",
            "hostname",
            "name",
            "smart_name",
            "description",
            "ostemplate",
            "distribution",
            "ip",
            "configured_ip",
            "nameserver",
            "searchdomain",
            "status");

    private static final List<String> JSON_AFTER = List.of(
            "diskspace",
            "diskinodes",
            "laverage",
            "uptime",
            "cpulimit",
            "cpuunits",
            "cpus",
            "ioprio",
            "iolimit",
            "iopslimit",
            "onboot",
            "bootorder",
            "layout",
            "features",
            "disabled",
            "netfilter",
            "isolation",
            "ids");

    private final List<Field> all = new ArrayList<>();

    public Fields() {
        addIdentity();
        addNetwork();
        ResourceFields.addTo(all);
        addStates();
        addUnknown();
    }

    List<Field> all() {
        return all;
    }

    public Field require(String name) {
        for (Field field : all) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        throw new StencilException(Fault.BAD_VALUE, "Unknown field: " + name + ". See vzlist -L for those there are.");
    }

    List<Field> require(List<String> names) {
        List<Field> fields = new ArrayList<>();
        names.forEach(name -> fields.add(require(name)));
        return fields;
    }

    static List<String> jsonDefault() {
        List<String> names = new ArrayList<>(JSON_BEFORE);
        names.addAll(ResourceFields.NAMES);
        names.addAll(JSON_AFTER);
        return names;
    }

    private void addIdentity() {
        add("ctid", "CTID", 36, listed -> new Value.Text(listed.container().id().text()));
        add("veid", "CTID", 36, listed -> new Value.Text(listed.container().id().text()));
        config(
                "uuid",
                "UUID",
                36,
                config -> Value.text(Optional.of(config.uuid()).filter(uuid -> !uuid.isEmpty())));
        add("private", "PRIVATE", -32, listed -> path(listed.container().area().path()));
        add("root", "ROOT", -32, listed -> path(listed.container().root()));
        config("hostname", "HOSTNAME", -32, config -> Value.text(config.hostName()));
        config("name", "NAME", -32, config -> Value.text(config.name()));
        config("smart_name", "NAME", -32, config -> Value.text(config.name().or(config::hostName)));
        config("description", "DESCRIPTION", -32, config -> Value.text(config.description()));
        config("tm", "TM", -2, config -> Value.text(config.osTemplate().map(template -> "EZ")));
        config("ostemplate", "OSTEMPLATE", -24, config -> Value.text(config.get("OSTEMPLATE")));
        config("distribution", "DISTRIBUTION", -15, config -> Value.text(config.get("DISTRIBUTION")));
        config("origin_sample", "ORIGIN_SAMPLE", -32, config -> Value.text(config.get("ORIGIN_SAMPLE")));
        config("type", "TYPE", -8, config -> Value.text(config.get("VE_TYPE").or(() -> Optional.of("regular"))));
    }

    private void addNetwork() {
        add("ip", "IP_ADDR", -15, listed -> listed.status().isUp() ? addresses(listed) : new Value.Words(List.of()));
        add("configured_ip", "IP_ADDR", -15, Fields::addresses);
        config("nameserver", "NAMESERVER", -15, config -> new Value.Words(config.nameservers()));
        config("searchdomain", "SEARCHDOMAIN", -15, config -> new Value.Words(config.searchDomains()));
    }

    private void addStates() {
        add("status", "STATUS", -9, listed -> new Value.Text(listed.status().listed()));
        add("uptime", "UPTIME", 15, listed -> Uptime.of(listed.guest()));
        config("cpulimit", "CPULIM", 7, config -> Value.digits(config.get("CPULIMIT")));
        config("cpulimit%", "CPUL_%", 7, config -> Value.digits(config.get("CPULIMIT")));
        config("cpulimitM", "CPUL_M", 7, config -> Value.digits(config.get("CPULIMIT_MHZ")));
        config("cpuunits", "CPUUNI", 7, config -> Value.digits(config.get("CPUUNITS")));
        config("cpus", "CPUS", 5, config -> Value.digits(config.get("CPUS")));
        config("cpumask", "CPUMASK", 16, config -> Value.text(config.get("CPUMASK")));
        config("nodemask", "NODEMASK", 16, config -> Value.text(config.get("NODEMASK")));
        config("ioprio", "IOPRIO", 6, config -> Value.digits(config.get("IOPRIO")));
        config("iolimit", "IOLIMIT", 10, config -> Value.digits(config.get("IOLIMIT")));
        config("iopslimit", "IOPSLIMIT", 10, config -> Value.digits(config.get("IOPSLIMIT")));
        config("onboot", "ONBOOT", -6, config -> truth(config, "ONBOOT"));
        config("disabled", "DISABL", -6, config -> truth(config, "DISABLED"));
        config("autostop", "AUTOSTOP", -8, config -> Value.text(config.get("AUTOSTOP")));
        config("bootorder", "BOOTORDER", 10, config -> Value.digits(config.get("BOOTORDER")));
        config("features", "FEATURES", -15, config -> Value.text(config.get("FEATURES")));
        add("layout", "LAYOUT", -6, listed -> new Value.Text("6"));
        add("isolation", "ISOLATION", -14, Fields::isolation);
        add("ids", "IDS", -16, Fields::ids);
    }

    /** Columns of the original that nothing on this kernel fills. */
    private void addUnknown() {
        unknown("laverage", "LAVERAGE", 14);
        unknown("netif", "NET_INTERFACES", -32);
        unknown("ifname", "IFNAME", -8);
        unknown("host_ifname", "HOST_IFNAME", -16);
        unknown("mac", "MAC", -17);
        unknown("host_mac", "HOST_MAC", -17);
        unknown("gw", "GATEWAY", -15);
        unknown("network", "NETWORK", -32);
        unknown("device", "DEVICE", -16);
        unknown("devnodes", "DEVNODES", -16);
        unknown("ha_enable", "HA_ENABLE", -9);
        unknown("ha_prio", "HA_PRIO", 10);
        unknown("netfilter", "NETFILTER", -9);
    }

    private void add(String name, String header, int width, Function<ListedContainer, Value> value) {
        all.add(new Field(name, header, width, value));
    }

    private void config(String name, String header, int width, Function<ContainerConfig, Value> value) {
        add(name, header, width, listed -> value.apply(listed.container().config()));
    }

    private void unknown(String name, String header, int width) {
        add(name, header, width, listed -> Value.absent());
    }

    private static Value path(java.nio.file.Path path) {
        return new Value.Text(path.toString());
    }

    private static Value addresses(ListedContainer listed) {
        return new Value.Words(listed.container().config().addresses().stream()
                .map(IpAddress::host)
                .toList());
    }

    private static Value truth(ContainerConfig config, String key) {
        Optional<String> value = config.get(key);
        return value.filter("auto"::equals).isPresent() ? new Value.Text("auto") : new Value.Truth(config.isYes(key));
    }

    /** Of a running container what is, of others what will be. */
    private static Value isolation(ListedContainer listed) {
        if (listed.guest().isPresent()) {
            return new Value.Text(listed.guest().get().isolation().text());
        }
        Optional<IdRange> range = range(listed);
        return Value.text(range.map(ids -> ids.isShifted() ? "user-namespace" : "privileged"));
    }

    /** {@code FIRST:COUNT}: ids of the host that the container's own stand for. */
    private static Value ids(ListedContainer listed) {
        return Value.text(range(listed).map(ids -> ids.isShifted() ? ids.base() + ":" + ids.size() : "host"));
    }

    private static Optional<IdRange> range(ListedContainer listed) {
        ContainerStatus status = listed.status();
        return status.exists() && Files.exists(listed.container().area().path().resolve("ids"))
                ? Optional.of(listed.container().area().ids())
                : Optional.empty();
    }
}
