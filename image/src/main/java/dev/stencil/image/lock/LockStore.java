package dev.stencil.image.lock;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.FileLock;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockedTemplate;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The locks of one build of a template: {@code locks/<build>.lock}, the newest one; {@code locks/history/<build>/rN.lock},
 * every one there was; {@code locks/channels/<channel>}, the id of the one that hosts on that channel use. A build with
 * applications is called {@code <build>+<app>+<app>}, and its channels {@code <channel>+<app>+<app>}. Source: spec conary 9.2
 * and 9.6; decision 0062.
 *
 * <p>Writers hold {@link #writerLock}. A reader sees the old lock or the new one.
 */
public final class LockStore {
    private static final String SUFFIX = ".lock";
    private static final String BUILD = "default";

    private final OsTemplate template;
    private final List<String> applications;
    private final Path directory;
    private final String suffixOfApplications;

    private LockStore(OsTemplate template, List<String> applications) {
        this.template = template;
        this.applications = applications;
        this.directory = template.configDirectory().resolve("locks");
        this.suffixOfApplications = applications.isEmpty() ? "" : "+" + String.join("+", applications);
    }

    /** Of the template's only build, with {@code applications} in any order. */
    public static LockStore of(OsTemplate template, List<AppTemplate> applications) {
        var names = new TreeSet<String>();
        applications.forEach(application -> names.add(application.name()));
        return new LockStore(template, List.copyOf(names));
    }

    /** Held by who makes a lock of this set's; {@code LOCKED} after {@code wait}. */
    FileLock writerLock(Duration wait) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(".lock");
        return FileLock.exclusive(file, wait)
                .orElseThrow(() -> new StencilException(
                        Fault.LOCKED,
                        "Another process makes a lock of " + template.name() + " (waited " + wait.toSeconds()
                                + " s for " + file + "). Try again when it is done."));
    }

    /** Where the newest lock lies. */
    public Path file() {
        return directory.resolve(BUILD + suffixOfApplications + SUFFIX);
    }

    /** The newest lock; {@code LOCK_DAMAGED} when it is not whole or not of this template. */
    public Optional<Lock> newest() {
        return Files.exists(file()) ? Optional.of(read(file())) : Optional.empty();
    }

    /** Where revision {@code number} lies, which may be as the newest one. */
    public Path fileOf(long number) {
        Path kept = history().resolve("r" + number + SUFFIX);
        if (Files.exists(kept)) {
            return kept;
        }
        Optional<Lock> newest = newest();
        if (newest.isPresent() && newest.get().provenance().revision() == number) {
            return file();
        }
        throw new StencilException(
                Fault.FILE_NOT_FOUND,
                "There is no revision r" + number + " of the lock of " + name() + "; there are: " + revisionsShown()
                        + ".");
    }

    /** Revision {@code number}. */
    public Lock revision(long number) {
        return read(fileOf(number));
    }

    /** Numbers of the revisions there are, ascending. */
    public List<Long> revisions() {
        var numbers = new TreeSet<Long>();
        try (var files = Files.list(history())) {
            files.forEach(file -> revisionOf(file).ifPresent(numbers::add));
        } catch (NoSuchFileException none) {
            // Locks that were delivered with a template may come without their history.
        } catch (IOException e) {
            throw unreadable(history(), e);
        }
        newest().ifPresent(lock -> numbers.add(lock.provenance().revision()));
        return List.copyOf(numbers);
    }

    private String revisionsShown() {
        List<String> shown = new ArrayList<>();
        revisions().forEach(number -> shown.add("r" + number));
        return shown.isEmpty() ? "none" : String.join(", ", shown);
    }

    private static Optional<Long> revisionOf(Path file) {
        String name = file.getFileName().toString();
        return name.matches("r\\d{1,9}\\.lock")
                ? Optional.of(Long.parseLong(name.substring(1, name.length() - SUFFIX.length())))
                : Optional.empty();
    }

    /** The lock that {@code channel} points at; empty when nothing was promoted to it. */
    public Optional<Lock> ofChannel(String channel) {
        Path file = channelFile(channel);
        try {
            String id = Files.readString(file).strip();
            return Optional.of(withId(id)
                    .orElseThrow(() -> new StencilException(
                            Fault.LOCK_REQUIRED,
                            "The channel " + channel + " of " + name() + " points at the lock " + id
                                    + ", which is not in " + history()
                                    + ". Bring it there, or promote another revision.")));
        } catch (NoSuchFileException notPromoted) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private Optional<Lock> withId(String id) {
        for (long number : revisions().reversed()) {
            Lock lock = revision(number);
            if (id.equals(shown(lock.id()))) {
                return Optional.of(lock);
            }
        }
        return Optional.empty();
    }

    /** Points {@code channel} at {@code lock}, which is one of the revisions. */
    void promote(String channel, Lock lock) {
        write(channelFile(channel), shown(lock.id()) + "\n");
    }

    /** Keeps {@code lock} as the newest one, and as its revision. */
    void save(Lock lock) {
        write(history().resolve("r" + lock.provenance().revision() + SUFFIX), lock.text());
        write(file(), lock.text());
    }

    /** A number that no revision has. */
    long nextRevision() {
        List<Long> known = revisions();
        return known.isEmpty() ? 1 : known.getLast() + 1;
    }

    /** {@code debian-12-x86_64}, {@code debian-12-x86_64+mysql}. */
    public String name() {
        return template.name() + suffixOfApplications;
    }

    /** The form of ids in files and messages. */
    public static String shown(Digest id) {
        return "sha256:" + id.hex();
    }

    private Path history() {
        return directory.resolve("history").resolve(BUILD + suffixOfApplications);
    }

    private Path channelFile(String channel) {
        return directory.resolve("channels").resolve(LockChannel.checked(channel) + suffixOfApplications);
    }

    private Lock read(Path file) {
        Lock lock = Lock.read(file);
        LockedTemplate of = lock.template();
        boolean isOurs = of.name().equals(template.name())
                && of.arch().equals(template.arch().templateName())
                && of.set().equals(template.coordinates().set())
                && of.apps().stream().sorted().toList().equals(applications)
                && of.build().isEmpty();
        if (!isOurs) {
            String apps = of.apps().isEmpty() ? "" : "+" + String.join("+", of.apps());
            throw new StencilException(
                    Fault.LOCK_DAMAGED,
                    file + " is a lock of " + of.name() + apps + " (" + of.arch() + ", build " + of.buildName()
                            + "), not of " + name() + ". Put the right file there, or make a new one: vzpkg lock "
                            + template.name() + ".");
        }
        return lock;
    }

    private static void write(Path file, String text) {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.createDirectories(file.resolveSibling("."));
            try (var channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static StencilException unreadable(Path path, IOException e) {
        return new StencilException(Fault.SYSTEM, "Cannot read " + path + ": " + e.getMessage(), e);
    }
}
