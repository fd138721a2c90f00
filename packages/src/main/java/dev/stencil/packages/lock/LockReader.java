package dev.stencil.packages.lock;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the canonical form and nothing else: what was read is written again and compared, so a lock that anybody edited, cut
 * off or laid out in another way is refused (spec conary 9.4, rules 7 and 8). Because of that the parser only needs to know
 * the one way in which a lock is written.
 */
final class LockReader {
    private static final List<String> HEADERS =
            List.of("[template]", "[[input]]", "[[repository]]", "[[image]]", "[[package]]", "[provenance]");

    private final Map<String, List<LockTable>> tables = new HashMap<>();

    private LockReader() {}

    /** @param name how messages call the lock: its file */
    static Lock read(byte[] content, String name) {
        try {
            return read(decode(content));
        } catch (IllegalArgumentException e) {
            throw new StencilException(
                    Fault.LOCK_DAMAGED,
                    "The lock " + name + " is damaged or was edited: " + e.getMessage()
                            + ". Put the original back, or make a new one with: vzpkg lock TEMPLATE",
                    e);
        }
    }

    private static String decode(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
    }

    private static Lock read(String text) {
        var reader = new LockReader();
        reader.split(text);
        LockTable head = reader.one("");
        long version = head.number("lock-version");
        if (version != Lock.VERSION) {
            throw new IllegalArgumentException(
                    "its format is version " + version + ", and only version " + Lock.VERSION + " is known here");
        }
        head.requireNoMore();
        LockTable template = reader.one("[template]");
        LockTable provenance = reader.one("[provenance]");
        Digest inputs = template.prefixedDigest("digest");
        Digest id = provenance.prefixedDigest("id");
        Lock lock = reader.lock(template, provenance);
        if (!lock.inputDigest().equals(inputs)) {
            throw new IllegalArgumentException("the digest of its template is not that of its inputs");
        }
        requireSame(text, lock, id);
        return lock;
    }

    private static void requireSame(String text, Lock lock, Digest id) {
        String body = LockText.body(lock);
        if (!text.startsWith(body)) {
            throw new IllegalArgumentException("line " + differingLine(text, body) + " is not in canonical form");
        }
        if (!LockText.id(body).equals(id)) {
            throw new IllegalArgumentException("its id is not that of its content");
        }
        String again = body + LockText.tail(lock.provenance(), id);
        if (!text.equals(again)) {
            throw new IllegalArgumentException("line " + differingLine(text, again) + " is not in canonical form");
        }
    }

    private static int differingLine(String text, String again) {
        int line = 1;
        int shorter = Math.min(text.length(), again.length());
        for (int i = 0; i < shorter && text.charAt(i) == again.charAt(i); i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    private void split(String text) {
        LockTable table = new LockTable("", 1);
        tables.put("", new ArrayList<>(List.of(table)));
        int number = 0;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            String line = text.substring(start, end);
            number++;
            if (line.startsWith("[")) {
                table = begin(line, number);
            } else if (!line.isEmpty()) {
                table.add(number, line);
            }
            start = end + 1;
        }
        if (start != text.length()) {
            throw new IllegalArgumentException("its last line is cut off");
        }
    }

    private LockTable begin(String header, int number) {
        if (!HEADERS.contains(header)) {
            throw new IllegalArgumentException("line " + number + " begins a table that is not known");
        }
        var table = new LockTable(header, number);
        tables.computeIfAbsent(header, ignored -> new ArrayList<>()).add(table);
        return table;
    }

    private LockTable one(String header) {
        List<LockTable> found = all(header);
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    found.isEmpty() ? "it has no " + header : "it has more than one " + header);
        }
        return found.getFirst();
    }

    private List<LockTable> all(String header) {
        return tables.getOrDefault(header, List.of());
    }

    private Lock lock(LockTable template, LockTable provenance) {
        return new Lock(
                checked(template, LockReader::template),
                all("[[input]]").stream()
                        .map(one -> checked(one, LockReader::input))
                        .toList(),
                all("[[repository]]").stream()
                        .map(one -> checked(one, LockReader::repository))
                        .toList(),
                all("[[image]]").stream()
                        .map(one -> checked(one, LockReader::image))
                        .toList(),
                all("[[package]]").stream()
                        .map(one -> checked(one, LockReader::lockedPackage))
                        .toList(),
                checked(provenance, LockReader::provenance));
    }

    private static <T> T checked(LockTable table, java.util.function.Function<LockTable, T> read) {
        T value;
        try {
            value = read.apply(table);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("line ")
                    ? e
                    : new IllegalArgumentException("in the table at line " + table.line() + " " + message, e);
        }
        table.requireNoMore();
        return value;
    }

    private static LockedTemplate template(LockTable table) {
        return new LockedTemplate(
                table.string("name"),
                table.optionalString("set"),
                table.string("arch"),
                table.strings("apps"),
                table.optionalString("build"),
                table.string("flavor"),
                table.string("manager"),
                table.number("clock"));
    }

    private static LockedInput input(LockTable table) {
        return new LockedInput(table.string("path"), table.digest("sha256"));
    }

    private static LockedRepository repository(LockTable table) {
        return new LockedRepository(
                table.string("id"),
                table.string("type"),
                table.string("url"),
                new LockedRepository.Part(
                        table.optionalString("suite"),
                        table.strings("components"),
                        table.strings("labels"),
                        table.optionalString("arch")),
                new LockedRepository.State(
                        table.optionalPrefixedDigest("metadata"),
                        table.optionalTime("dated"),
                        table.strings("signed-by"),
                        table.optionalString("snapshot")));
    }

    private static LockedImage image(LockTable table) {
        return new LockedImage(
                table.string("url"),
                table.digest("sha256"),
                table.number("size"),
                table.optionalString("format"),
                table.optionalNumber("strip").orElse(0),
                table.optionalString("root"),
                table.strings("exclude"));
    }

    private static LockedPackage lockedPackage(LockTable table) {
        return new LockedPackage(
                new LockedPackage.Identity(
                        table.string("name"),
                        table.number("epoch"),
                        table.string("version"),
                        table.string("arch"),
                        table.optionalString("flavor")),
                new LockedPackage.File(
                        table.string("repository"),
                        table.string("location"),
                        table.number("size"),
                        table.digest("sha256")),
                new LockedPackage.Origin(
                        table.optionalNumber("installed-size"),
                        table.optionalString("source"),
                        table.optionalString("module")),
                new LockedPackage.Membership(
                        table.number("stage"),
                        reference(table.optionalString("ref")),
                        table.bool("default", true),
                        table.strings("why")));
    }

    private static LockedPackage.Reference reference(Optional<String> ref) {
        return switch (ref.orElse("strong")) {
            case "strong" -> LockedPackage.Reference.STRONG;
            case "weak" -> LockedPackage.Reference.WEAK;
            default -> throw new IllegalArgumentException("ref is neither strong nor weak");
        };
    }

    private static Provenance provenance(LockTable table) {
        return new Provenance(
                table.number("revision"),
                table.optionalPrefixedDigest("parent"),
                table.time("created"),
                table.string("created-by"));
    }
}
