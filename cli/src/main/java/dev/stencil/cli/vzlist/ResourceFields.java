package dev.stencil.cli.vzlist;

import dev.stencil.container.GuestUsage;
import dev.stencil.container.ListedContainer;
import dev.stencil.container.config.Amount;
import dev.stencil.container.config.Amount.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Columns of resource parameters: what is used, and {@code .m .b .l .f} for the most, barrier, limit, failures. */
final class ResourceFields {
    /** The parameters of the original, in its order. */
    static final List<String> NAMES = List.of(
            "kmemsize",
            "lockedpages",
            "privvmpages",
            "shmpages",
            "numproc",
            "physpages",
            "vmguarpages",
            "oomguarpages",
            "numtcpsock",
            "numflock",
            "numpty",
            "numsiginfo",
            "tcpsndbuf",
            "tcprcvbuf",
            "othersockbuf",
            "dgramrcvbuf",
            "numothersock",
            "dcachesize",
            "numfile",
            "numiptent",
            "swappages");

    private static final List<String> HEADERS = List.of(
            "KMEMSIZE",
            "LOCKEDP",
            "PRIVVMP",
            "SHMP",
            "NPROC",
            "PHYSP",
            "VMGUARP",
            "OOMGUARP",
            "NTCPSOCK",
            "NFLOCK",
            "NPTY",
            "NSIGINFO",
            "TCPSNDB",
            "TCPRCVB",
            "OTHSOCKB",
            "DGRAMRB",
            "NOTHSOCK",
            "DCACHESZ",
            "NFILE",
            "NIPTENT",
            "SWAPP");

    private static final int PAGE = 4096;

    private ResourceFields() {}

    static void addTo(List<Field> fields) {
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            String header = HEADERS.get(i);
            fields.add(new Field(name, header, 10, listed -> counters(name, listed)));
            add(fields, name, header, "m", listed -> idle(listed));
            add(fields, name, header, "b", listed -> limit(name, listed, Amount::barrier));
            add(fields, name, header, "l", listed -> limit(name, listed, Amount::limit));
            add(fields, name, header, "f", listed -> idle(listed));
        }
        disk(fields, "diskspace", "DQBLOCKS", "DISKSPACE");
        disk(fields, "diskinodes", "DQINODES", "DISKINODES");
    }

    private static void add(
            List<Field> fields, String name, String header, String part, Function<ListedContainer, Value> value) {
        fields.add(new Field(name + "." + part, header + "." + part.toUpperCase(Locale.ROOT), 10, value));
    }

    private static void disk(List<Field> fields, String name, String header, String key) {
        fields.add(new Field(
                name,
                header,
                10,
                listed -> new Value.Counters(List.of(
                        new Value.Counter("usage", Value.absent()),
                        new Value.Counter("softlimit", disk(key, listed, Amount::barrier)),
                        new Value.Counter("hardlimit", disk(key, listed, Amount::limit))))));
        add(fields, name, header, "s", listed -> disk(key, listed, Amount::barrier));
        add(fields, name, header, "h", listed -> disk(key, listed, Amount::limit));
    }

    private static Value disk(String key, ListedContainer listed, Function<Amount, Long> part) {
        return Value.number(listed.container().config().amount(key, Unit.KIB).map(part));
    }

    private static Value counters(String name, ListedContainer listed) {
        return new Value.Counters(List.of(
                new Value.Counter("held", held(name, listed)),
                new Value.Counter("maxheld", idle(listed)),
                new Value.Counter("barrier", limit(name, listed, Amount::barrier)),
                new Value.Counter("limit", limit(name, listed, Amount::limit)),
                new Value.Counter("failcnt", idle(listed))));
    }

    /** Nothing for a container that does not run; not counted by this kernel for one that does. */
    private static Value idle(ListedContainer listed) {
        return listed.status().isUp() ? Value.absent() : new Value.Count(0);
    }

    private static Value held(String name, ListedContainer listed) {
        if (listed.guest().isEmpty()) {
            return new Value.Count(0);
        }
        var usage = new GuestUsage(listed.guest().get());
        return switch (name) {
            case "numproc" -> number(usage.processes(), 1);
            case "physpages" -> number(usage.memoryBytes(), PAGE);
            case "swappages" -> number(usage.swapBytes(), PAGE);
            default -> Value.absent();
        };
    }

    private static Value number(OptionalLong value, int divisor) {
        return value.isPresent() ? new Value.Count(value.getAsLong() / divisor) : Value.absent();
    }

    private static Value limit(String name, ListedContainer listed, Function<Amount, Long> part) {
        Unit unit = name.endsWith("pages") ? Unit.PAGES : Unit.BYTES;
        Optional<Amount> amount = listed.container().config().amount(name.toUpperCase(Locale.ROOT), unit);
        return Value.number(amount.map(part));
    }
}
