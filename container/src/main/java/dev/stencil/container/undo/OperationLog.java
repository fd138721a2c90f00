package dev.stencil.container.undo;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.linux.Trash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The package operations of one container, in its private area:
 *
 * <pre>
 * operation                       while one is at work: process, number, phase, command
 * operations/0003/operation.toml  what, when, how it ended
 * operations/0003/before.packages, after.packages, files, templates/
 * snapshots/0003/fs/              the changes before it, as far as they are kept
 * </pre>
 */
public final class OperationLog {
    private static final String RECORD = "operation.toml";
    private static final String BEFORE = "before.packages";
    private static final String AFTER = "after.packages";
    private static final String FILES = "files";
    private static final String TEMPLATES = "templates";

    private final Path area;
    private final String container;

    /** {@code area} is {@code VE_PRIVATE}, {@code container} the id for messages. */
    public OperationLog(Path area, String container) {
        this.area = area;
        this.container = container;
    }

    Path area() {
        return area;
    }

    String container() {
        return container;
    }

    /** In the order of their numbers. */
    public List<Operation> all() {
        List<Operation> found = new ArrayList<>();
        for (int number : numbers(area.resolve("operations"))) {
            found.add(require(number));
        }
        return found;
    }

    /** Those whose changes are in the container, oldest first. */
    public List<Operation> inForce() {
        return all().stream().filter(Operation::isInForce).toList();
    }

    Operation require(int number) {
        Path file = directory(number).resolve(RECORD);
        try {
            return Operation.parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw failed("read " + file, e);
        }
    }

    /** Files of the package store that going back to before any operation may take. */
    public Set<Digest> packageFiles() {
        Set<Digest> needed = new HashSet<>();
        for (int number : numbers(area.resolve("operations"))) {
            for (String list : List.of(BEFORE, AFTER)) {
                packages(directory(number).resolve(list)).orElse(List.of()).forEach(one -> one.sha256()
                        .ifPresent(needed::add));
            }
        }
        return needed;
    }

    int next() {
        List<Integer> numbers = numbers(area.resolve("operations"));
        return numbers.isEmpty() ? 1 : numbers.getLast() + 1;
    }

    void save(Operation operation) {
        Path directory = directory(operation.number());
        try {
            Files.createDirectories(directory);
            replace(directory.resolve(RECORD), operation.text());
        } catch (IOException e) {
            throw failed("write " + directory.resolve(RECORD), e);
        }
    }

    /** Packages before the operation. */
    public List<PackageRecord> before(int number) {
        return packages(directory(number).resolve(BEFORE)).orElse(List.of());
    }

    /** Packages after the operation; empty when it did not get so far. */
    public Optional<List<PackageRecord>> after(int number) {
        return packages(directory(number).resolve(AFTER));
    }

    private Optional<List<PackageRecord>> packages(Path file) {
        try {
            return Optional.of(PackageRecord.parse(Files.readString(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw failed("read " + file, e);
        }
    }

    void saveBefore(int number, List<PackageRecord> packages) throws IOException {
        Files.createDirectories(directory(number));
        replace(directory(number).resolve(BEFORE), PackageRecord.text(packages));
    }

    void saveAfter(int number, List<PackageRecord> packages) throws IOException {
        replace(directory(number).resolve(AFTER), PackageRecord.text(packages));
    }

    void saveFiles(int number, FileChanges changes) throws IOException {
        changes.write(directory(number).resolve(FILES));
    }

    /** What the operation changed; empty when it did not get so far. */
    Optional<FileChanges> files(int number) throws IOException {
        Path file = directory(number).resolve(FILES);
        return Files.exists(file) ? Optional.of(FileChanges.read(file)) : Optional.empty();
    }

    /** Where the container's book-keeping from before the operation is copied to. */
    Path templates(int number) {
        return directory(number).resolve(TEMPLATES);
    }

    Path directory(int number) {
        return area.resolve("operations").resolve(fourDigits(number));
    }

    /** Holds {@code fs}, the tree, and {@code layers}, what it stood on. */
    Path snapshot(int number) {
        return area.resolve("snapshots").resolve(fourDigits(number));
    }

    /** Numbers of the snapshots that are there, oldest first. */
    List<Integer> snapshots() {
        return numbers(area.resolve("snapshots"));
    }

    /** Whether a command that worked on the container was killed; tells it without the container's lock. */
    public boolean isAbandoned() {
        try {
            return OperationMarker.read(area)
                    .filter(marker -> ProcessHandle.of(marker.pid()).isEmpty())
                    .isPresent();
        } catch (IOException e) {
            throw failed("read the mark of an operation", e);
        }
    }

    /** Whether a rollback was begun and not ended, so that the changes are neither the old nor the new state. */
    public boolean isRollbackPending() {
        try {
            return OperationMarker.read(area)
                    .filter(marker -> marker.phase() == OperationMarker.Phase.ROLLING_BACK)
                    .isPresent();
        } catch (IOException e) {
            throw failed("read the mark of an operation", e);
        }
    }

    /** Digests of the layers that snapshots stand on. */
    public Set<Digest> layersInUse() {
        Set<Digest> used = new HashSet<>();
        for (int number : snapshots()) {
            Path file = snapshot(number).resolve(Snapshots.LAYERS);
            try {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank())
                        .map(Digest::parse)
                        .forEach(used::add);
            } catch (IOException | IllegalArgumentException e) {
                throw failed("read " + file, e);
            }
        }
        return used;
    }

    /** Removes an operation that changed nothing. */
    void forget(int number) throws IOException {
        dropSnapshot(number);
        try (Root root = Root.open(area)) {
            root.deleteTree("operations/" + fourDigits(number));
        }
    }

    /** Renames it aside; {@link #trash} frees the space. A killed rollback may have left a view mounted in it. */
    void dropSnapshot(int number) throws IOException {
        Path snapshot = snapshot(number);
        if (Files.isDirectory(snapshot)) {
            Mounts.detachBelow(snapshot);
            trash().discard(snapshot);
        }
    }

    /** Inside the private area, so that it is on one file system with the snapshots. */
    Trash trash() {
        return new Trash(area.resolve(".trash"));
    }

    /** Frees what dropped snapshots took, in the background: freeing a file can take longer than making it. */
    public void sweep(ProgramRunner programs) {
        try {
            trash().emptyInBackground(programs);
        } catch (IOException e) {
            throw failed("remove old snapshots", e);
        }
    }

    StencilException failed(String what, Exception e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left on device");
        return new StencilException(
                full ? Fault.NO_SPACE : Fault.SYSTEM,
                "Cannot " + what + " of container " + container + ": " + e.getMessage(),
                e);
    }

    private static String fourDigits(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    private static List<Integer> numbers(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.length() < 9 && name.chars().allMatch(Character::isDigit))
                    .map(Integer::parseInt)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Written beside, synced, renamed: an operation must not vanish with a crash of the host. */
    private static void replace(Path file, String text) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName());
        Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
        int descriptor = Kernel.openat(Kernel.AT_FDCWD, beside.toString(), Kernel.O_RDONLY, 0);
        try {
            Kernel.fsync(descriptor);
        } finally {
            Kernel.close(descriptor);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
