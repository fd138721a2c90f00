package dev.stencil.packages.lock;

import dev.stencil.host.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes a lock in its one canonical form: fixed order of tables and keys, defaults left out, one form for each kind of
 * value. Source: spec conary 9.4, rules 6 and 7.
 */
final class LockText {
    private final StringBuilder out = new StringBuilder(64 * 1024);

    private LockText() {}

    static String of(Lock lock) {
        return body(lock) + tail(lock.provenance(), lock.id());
    }

    /** From the empty line that precedes {@code [provenance]} on. */
    static String tail(Provenance provenance, Digest id) {
        var text = new LockText();
        text.table("[provenance]");
        text.prefixed("id", id);
        text.number("revision", provenance.revision());
        provenance.parent().ifPresent(parent -> text.prefixed("parent", parent));
        text.time("created", provenance.created());
        text.string("created-by", provenance.createdBy());
        return text.out.toString();
    }

    /** Everything before the empty line that precedes {@code [provenance]}. */
    static String body(Lock lock) {
        var text = new LockText();
        text.number("lock-version", Lock.VERSION);
        text.template(lock);
        lock.inputs().forEach(text::input);
        lock.repositories().forEach(text::repository);
        lock.images().forEach(text::image);
        lock.packages().forEach(text::lockedPackage);
        return text.out.toString();
    }

    static Digest id(String body) {
        return Digest.of(body.getBytes(StandardCharsets.UTF_8));
    }

    private void template(Lock lock) {
        LockedTemplate template = lock.template();
        table("[template]");
        string("name", template.name());
        optional("set", template.set());
        string("arch", template.arch());
        strings("apps", template.apps());
        optional("build", template.build());
        string("flavor", template.flavor());
        string("manager", template.manager());
        prefixed("digest", lock.inputDigest());
        number("clock", template.clock());
    }

    private void input(LockedInput input) {
        table("[[input]]");
        string("path", input.path());
        string("sha256", input.sha256().hex());
    }

    private void repository(LockedRepository repository) {
        table("[[repository]]");
        string("id", repository.id());
        string("type", repository.type());
        string("url", repository.url());
        optional("suite", repository.part().suite());
        strings("components", repository.part().components());
        strings("labels", repository.part().labels());
        optional("arch", repository.part().arch());
        repository.state().metadata().ifPresent(digest -> prefixed("metadata", digest));
        repository.state().dated().ifPresent(time -> time("dated", time));
        strings("signed-by", repository.state().signedBy());
        optional("snapshot", repository.state().snapshot());
    }

    private void image(LockedImage image) {
        table("[[image]]");
        string("url", image.url());
        string("sha256", image.sha256().hex());
        number("size", image.sizeBytes());
        optional("format", image.format());
        if (image.strip() != 0) {
            number("strip", image.strip());
        }
        optional("root", image.root());
        strings("exclude", image.exclude());
    }

    private void lockedPackage(LockedPackage one) {
        table("[[package]]");
        string("name", one.identity().name());
        number("epoch", one.identity().epoch());
        string("version", one.identity().version());
        string("arch", one.identity().arch());
        optional("flavor", one.identity().flavor());
        string("repository", one.file().repository());
        string("location", one.file().location());
        number("size", one.file().sizeBytes());
        string("sha256", one.file().sha256().hex());
        one.origin().installedBytes().ifPresent(bytes -> number("installed-size", bytes));
        optional("source", one.origin().source());
        optional("module", one.origin().module());
        number("stage", one.membership().stage());
        if (one.membership().reference() == LockedPackage.Reference.WEAK) {
            string("ref", "weak");
        }
        if (!one.membership().isDefault()) {
            out.append("default = false\n");
        }
        strings("why", one.membership().why());
    }

    private void table(String header) {
        out.append('\n').append(header).append('\n');
    }

    private void number(String key, long value) {
        out.append(key).append(" = ").append(value).append('\n');
    }

    private void time(String key, Instant value) {
        out.append(key).append(" = ").append(value).append('\n');
    }

    private void prefixed(String key, Digest digest) {
        string(key, "sha256:" + digest.hex());
    }

    private void string(String key, String value) {
        out.append(key).append(" = ");
        quoted(value);
        out.append('\n');
    }

    private void optional(String key, Optional<String> value) {
        value.ifPresent(text -> string(key, text));
    }

    private void strings(String key, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        out.append(key).append(" = [");
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            quoted(values.get(i));
        }
        out.append("]\n");
    }

    private void quoted(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                out.append("\\u00").append(hexDigit(c >> 4)).append(hexDigit(c & 15));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static char hexDigit(int value) {
        return (char) (value < 10 ? '0' + value : 'A' + value - 10);
    }
}
