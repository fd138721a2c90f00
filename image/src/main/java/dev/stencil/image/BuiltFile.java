package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.TomlTable;
import dev.stencil.image.layer.TomlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file {@code locks/<build>.built} beside a lock: a result for each lock and toolchain, the newest of each. */
final class BuiltFile {
    private static final String LOCK_SUFFIX = ".lock";

    private final Path file;

    private BuiltFile(Path file) {
        this.file = file;
    }

    /** Of the build whose lock lies at {@code lock}. */
    static BuiltFile beside(Path lock) {
        String name = String.valueOf(lock.getFileName());
        String build = name.endsWith(LOCK_SUFFIX) ? name.substring(0, name.length() - LOCK_SUFFIX.length()) : name;
        return new BuiltFile(lock.resolveSibling(build + ".built"));
    }

    Path path() {
        return file;
    }

    /** What the same lock gave with the same tools before. */
    Optional<BuiltResult> find(Digest lock, Digest toolchain) {
        return read().stream()
                .filter(one -> one.lock().equals(lock) && one.toolchain().equals(toolchain))
                .findFirst();
    }

    /** Replaces what is known of the same lock and toolchain. */
    void put(BuiltResult result) throws IOException {
        List<BuiltResult> all = new ArrayList<>(read());
        all.removeIf(result::hasOriginOf);
        all.add(result);
        Path beside = Files.createTempFile(file.getParent(), ".built-", "");
        Files.writeString(beside, text(all));
        Files.setPosixFilePermissions(beside, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String text(List<BuiltResult> results) {
        var toml = new TomlText();
        for (BuiltResult result : results) {
            toml.table("result");
            toml.string("lock", "sha256:" + result.lock());
            toml.string("toolchain", "sha256:" + result.toolchain());
            toml.string("diff-id", "sha256:" + result.diffId());
            toml.number("size", result.sizeBytes());
            toml.number("files", result.files());
            toml.string("tree", "sha256:" + result.tree());
            toml.instant("built", result.built());
        }
        return toml.text().substring(1);
    }

    private List<BuiltResult> read() {
        try {
            return TomlTable.parse(Files.readString(file)).tables("result").stream()
                    .map(BuiltFile::result)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new StencilException(
                    Fault.LOCK_DAMAGED,
                    "The results in " + file + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + ". Remove the file; it is made again by vzpkg lock verify --rebuild.",
                    e);
        }
    }

    private static BuiltResult result(TomlTable table) {
        return new BuiltResult(
                digest(table, "lock"),
                digest(table, "toolchain"),
                digest(table, "diff-id"),
                table.number("size"),
                table.number("files"),
                digest(table, "tree"),
                Instant.parse(table.string("built")));
    }

    private static Digest digest(TomlTable table, String key) {
        String text = table.string(key);
        if (!text.startsWith("sha256:")) {
            throw new IllegalArgumentException(key + " is no SHA-256 digest");
        }
        return new Digest(text.substring("sha256:".length()));
    }
}
