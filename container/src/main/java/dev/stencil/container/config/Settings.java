package dev.stencil.container.config;

import dev.stencil.container.config.Amount.Unit;
import dev.stencil.container.config.Setting.Effect;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The table of settings with one value each; source: spec vzctl 1.5. Addresses and the name are not here: they are more. */
public final class Settings {
    private static final List<Setting> ALL = List.of(
            text("--hostname", "HOSTNAME", "NAME", "Host name of the container.", v -> new HostName(v).text()),
            text("--nameserver", "NAMESERVER", "ADDRESS", "DNS server, or inherit; repeatable.", Settings::servers),
            text("--searchdomain", "SEARCHDOMAIN", "DOMAIN", "DNS search domain, or inherit.", Settings::domains),
            text("--description", "DESCRIPTION", "TEXT", "Free text.", Description::encode),
            words("--onboot", "ONBOOT", Effect.LIVE, "Start it with the host: yes, no, auto.", "yes", "no", "auto"),
            words("--disabled", "DISABLED", Effect.LIVE, "Refuse to start it: yes, no.", "yes", "no"),
            words(
                    "--autostopt --autostop",
                    "AUTOSTOP",
                    Effect.LIVE,
                    "At host shutdown: stop, suspend.",
                    "stop",
                    "suspend"),
            number("--bootorder", "BOOTORDER", Effect.LIVE, 0, Integer.MAX_VALUE, "Higher starts earlier."),
            amount(
                    "--ram --memory",
                    "PHYSPAGES",
                    Effect.LIVE,
                    Unit.BYTES_AS_PAGES,
                    "Memory, in bytes or with K, M, G."),
            amount("--swap", "SWAPPAGES", Effect.LIVE, Unit.BYTES_AS_PAGES, "Swap beside the memory."),
            amount("--physpages", "PHYSPAGES", Effect.LIVE, Unit.PAGES, "Memory, in pages."),
            amount("--swappages", "SWAPPAGES", Effect.LIVE, Unit.PAGES, "Swap, in pages."),
            amount("--numproc -p", "NUMPROC", Effect.LIVE, Unit.ITEMS, "Processes and threads."),
            number("--cpuunits", "CPUUNITS", Effect.LIVE, 8, 500000, "Weight; 1000 is normal."),
            plain("--cpulimit", "CPULIMIT", Effect.LIVE, "PERCENT", "Cap; 100 is one CPU, 0 none.", Settings::cpuLimit),
            number("--cpus", "CPUS", Effect.LIVE, 0, 65535, "How many CPUs it may use; 0 is all."),
            plain("--cpumask", "CPUMASK", Effect.LIVE, "LIST", "CPUs it may use: 0,2-5 or all.", Settings::mask),
            amount("--diskspace", "DISKSPACE", Effect.KEPT, Unit.KIB, "Size of its disk, in KiB or with K, M, G."),
            amount("--diskinodes", "DISKINODES", Effect.KEPT, Unit.BYTES, "Number of files."),
            number("--quotatime", "QUOTATIME", Effect.KEPT, 0, Integer.MAX_VALUE, "Grace period in seconds."),
            number("--ioprio", "IOPRIO", Effect.KEPT, 0, 7, "I/O weight."),
            amount("--iolimit", "IOLIMIT", Effect.KEPT, Unit.BYTES, "Bytes per second to and from disk; 0 is none."),
            amount("--iopslimit", "IOPSLIMIT", Effect.KEPT, Unit.ITEMS, "Disk operations per second; 0 is none."),
            plain(
                    "--vetype",
                    "VE_TYPE",
                    Effect.LIVE,
                    "TYPE",
                    "regular, temporary, template or a text.",
                    Settings::word),
            plain("--distribution", "DISTRIBUTION", Effect.NEXT_START, "NAME", "Family of its guest.", Settings::word),
            plain("--origin_sample", "ORIGIN_SAMPLE", Effect.LIVE, "NAME", "Sample it was made from.", Settings::word),
            words("--config_customized", "CONFIG_CUSTOMIZED", Effect.LIVE, "A mark for panels: yes, no.", "yes", "no"),
            plain("--nodemask", "NODEMASK", Effect.KEPT, "LIST", "Memory nodes.", Settings::mask),
            plain("--memguarantee", "MEMGUARANTEE", Effect.KEPT, "PERCENT", "auto or percent.", Settings::word),
            plain("--features", "FEATURES", Effect.KEPT, "NAME:on|off", "Kernel features.", Settings::word),
            plain("--netfilter", "NETFILTER", Effect.KEPT, "MODE", "Firewall mode.", Settings::word),
            counter("--kmemsize -k", "KMEMSIZE", Unit.BYTES),
            counter("--lockedpages -l", "LOCKEDPAGES", Unit.PAGES),
            counter("--privvmpages", "PRIVVMPAGES", Unit.PAGES),
            counter("--shmpages", "SHMPAGES", Unit.PAGES),
            counter("--vmguarpages", "VMGUARPAGES", Unit.PAGES),
            counter("--oomguarpages", "OOMGUARPAGES", Unit.PAGES),
            counter("--numtcpsock", "NUMTCPSOCK", Unit.ITEMS),
            counter("--numflock -f", "NUMFLOCK", Unit.ITEMS),
            counter("--numpty -t", "NUMPTY", Unit.ITEMS),
            counter("--numsiginfo -i", "NUMSIGINFO", Unit.ITEMS),
            counter("--tcpsndbuf --tcpsendbuf", "TCPSNDBUF", Unit.BYTES),
            counter("--tcprcvbuf -b", "TCPRCVBUF", Unit.BYTES),
            counter("--othersockbuf", "OTHERSOCKBUF", Unit.BYTES),
            counter("--dgramrcvbuf", "DGRAMRCVBUF", Unit.BYTES),
            counter("--numothersock", "NUMOTHERSOCK", Unit.ITEMS),
            counter("--numfile -n", "NUMFILE", Unit.ITEMS),
            counter("--numiptent --iptentries -e", "NUMIPTENT", Unit.ITEMS),
            counter("--dcachesize --dcache -x", "DCACHESIZE", Unit.BYTES),
            counter("--avnumproc", "AVNUMPROC", Unit.ITEMS));

    private Settings() {}

    /** All of them, in the order of the help. */
    public static List<Setting> all() {
        return ALL;
    }

    /** Whether several values of the option make one list. */
    public static boolean isList(Setting setting) {
        return setting.key().equals("NAMESERVER") || setting.key().equals("SEARCHDOMAIN");
    }

    private static Setting text(String options, String key, String label, String about, UnaryOperator<String> form) {
        return new Setting(options, key, label, about, Effect.LIVE, value -> value.isEmpty() ? "" : form.apply(value));
    }

    private static Setting plain(
            String options, String key, Effect effect, String label, String about, UnaryOperator<String> form) {
        return new Setting(options, key, label, about, effect, form);
    }

    private static Setting words(String options, String key, Effect effect, String about, String... allowed) {
        Set<String> words = Set.of(allowed);
        return new Setting(options, key, String.join("|", allowed), about, effect, value -> {
            if (!words.contains(value)) {
                throw bad(key, value, "Use " + String.join(" or ", allowed) + ".");
            }
            return value;
        });
    }

    private static Setting number(String options, String key, Effect effect, int least, int most, String about) {
        return new Setting(options, key, "NUMBER", about, effect, value -> {
            boolean digits =
                    !value.isEmpty() && value.length() < 11 && value.chars().allMatch(Settings::isDigit);
            if (!digits || Long.parseLong(value) < least || Long.parseLong(value) > most) {
                throw bad(key, value, "Use a number from " + least + " to " + most + ".");
            }
            return value;
        });
    }

    private static Setting amount(String options, String key, Effect effect, Unit unit, String about) {
        boolean single = key.equals("IOLIMIT") || key.equals("IOPSLIMIT");
        return new Setting(options, key, "AMOUNT", about, effect, value -> {
            Amount amount = Amount.parse(key, value, unit);
            return single ? Long.toString(amount.limit()) : amount.text();
        });
    }

    /** A counter of the old kernel's resource accounting. */
    private static Setting counter(String options, String key, Unit unit) {
        return amount(options, key, Effect.KEPT, unit, "Counter of OpenVZ kernels.");
    }

    private static String servers(String value) {
        List<String> result = new ArrayList<>();
        for (String word : ConfigFile.split(value)) {
            result.add(word.equals("inherit") ? word : IpAddress.parse(word).host());
        }
        return String.join(" ", result);
    }

    private static String domains(String value) {
        List<String> result = new ArrayList<>();
        for (String word : ConfigFile.split(value)) {
            result.add(new HostName(word).text());
        }
        return String.join(" ", result);
    }

    /** Percent, with or without its sign; megahertz are understood, and refused because they need a fixed frequency. */
    private static String cpuLimit(String value) {
        String percent = value.endsWith("%") ? value.substring(0, value.length() - 1) : value;
        if (percent.isEmpty() || percent.length() > 7 || !percent.chars().allMatch(Settings::isDigit)) {
            throw bad("CPULIMIT", value, "Use percent of one CPU, for example 150.");
        }
        return percent;
    }

    private static String mask(String value) {
        boolean list = !value.isEmpty()
                && value.chars().allMatch(c -> isDigit(c) || c == ',' || c == '-')
                && isDigit(value.charAt(0))
                && isDigit(value.charAt(value.length() - 1));
        if (!list && !value.equals("all") && !value.equals("auto")) {
            throw bad("mask", value, "Use a list like 0,2-5, or all.");
        }
        return value;
    }

    private static String word(String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == '"')) {
            throw bad("value", value, "Leave out quotes and control characters.");
        }
        return value;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static StencilException bad(String key, String value, String advice) {
        return new StencilException(Fault.BAD_VALUE, "Value \"" + value + "\" of " + key + " is not valid. " + advice);
    }
}
