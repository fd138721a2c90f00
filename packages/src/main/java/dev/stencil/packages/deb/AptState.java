package dev.stencil.packages.deb;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.Keyring;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import dev.stencil.packages.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The private state of apt for one source: below {@code basedir/pm} lie {@code lists}, shared by the templates of a
 * family, and {@code apt/<id of the configuration>} with apt.conf, sources, keyrings and apt's caches. The real apt does
 * the work and checks the signatures. Callers hold the template lock: exclusive to refresh, shared to read.
 */
final class AptState {
    private static final Path NONE = Path.of("");

    private final ProgramRunner host;
    private final PackageSource source;
    private final Path data;
    private final StateDirectory directory;

    private AptState(ProgramRunner host, PackageSource source, Path data, StateDirectory directory) {
        this.host = host;
        this.source = source;
        this.data = data;
        this.directory = directory;
    }

    /** Writes the configuration where it is missing or has changed. */
    static AptState open(ProgramRunner host, PackageSource source, Clock clock) {
        Path data = source.dataDirectory().toAbsolutePath();
        try {
            var directory = new StateDirectory(data.resolve("apt").resolve(identity(source)), clock);
            var state = new AptState(host, source, data, directory);
            state.write();
            return state;
        } catch (IllegalArgumentException e) {
            throw new StencilException(
                    Fault.TEMPLATE_BROKEN, "The template cannot be used: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot write apt's private state below " + data + ": " + e.getMessage(), e);
        }
    }

    /** Same repositories, keys, architectures and exclusions: same configuration. */
    private static String identity(PackageSource source) throws IOException {
        var text = new StringBuilder(AptConfiguration.conf(source, NONE, NONE));
        text.append(AptConfiguration.sources(source, ignored -> NONE)).append(AptConfiguration.preferences(source));
        for (Repository repository : source.repositories()) {
            text.append(Digest.of(Keyring.join(source.keyringsOf(repository))));
        }
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 12);
    }

    private void write() throws IOException {
        Files.createDirectories(directory.path());
        Files.createDirectories(data.resolve("lists").resolve("partial"));
        Files.createDirectories(data.resolve("archives").resolve("partial"));
        directory.replace(
                "apt.conf",
                AptConfiguration.conf(source, directory.path(), data).getBytes(StandardCharsets.UTF_8));
        for (Repository repository : source.repositories()) {
            List<Path> keyrings = source.keyringsOf(repository);
            if (!keyrings.isEmpty()) {
                directory.replace(repository.id() + ".gpg", Keyring.join(keyrings));
            } else if (!source.isUnsignedAllowed(repository)) {
                throw new StencilException(
                        Fault.TEMPLATE_BROKEN,
                        "The template has no key for its repository " + repository.id() + " (" + repository.location()
                                + "). Put the keyring into the template's keys directory.");
            }
        }
        directory.replace(
                "sources.list", AptConfiguration.sources(source, this::keyring).getBytes(StandardCharsets.UTF_8));
        directory.replace("preferences", AptConfiguration.preferences(source).getBytes(StandardCharsets.UTF_8));
        directory.replace("empty-status", new byte[0]);
        directory.replace("empty-states", new byte[0]);
    }

    /** The keys that its signature is checked with; the empty path when there are none. */
    Path keyring(Repository repository) {
        return source.keyringsOf(repository).isEmpty() ? NONE : directory.resolve(repository.id() + ".gpg");
    }

    PackageSource source() {
        return source;
    }

    /** Whether {@code freshness} asks for new package lists now. */
    boolean isRefreshDue(Freshness freshness) {
        return freshness.isDue(this::isExpired);
    }

    /** Fetches package lists if {@code freshness} asks for it. */
    void refresh(Freshness freshness) {
        if (!isRefreshDue(freshness)) {
            return;
        }
        Finished done = run(apt("apt-get", "update"));
        if (!done.isSuccess()) {
            String words = AptWords.errors(done);
            boolean mirror = words.contains("Failed to fetch") && !words.contains("signature");
            throw new StencilException(
                    mirror ? Fault.FETCH_FAILED : Fault.PACKAGE_MANAGER,
                    "Cannot bring the package lists up to date: " + words);
        }
        markRefreshed();
    }

    private boolean isExpired() {
        return directory.isOlderThan(source.expire()) || !hasLists();
    }

    private void markRefreshed() {
        try {
            directory.markRefreshed();
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot write " + directory.stamp() + ": " + e.getMessage(), e);
        }
    }

    /** Tells this state, its lists and the package database of {@code root} from all others of this host. */
    String identity(Path root) {
        requireLists();
        try (Stream<Path> lists = Files.list(data.resolve("lists"))) {
            InstalledRoot database = InstalledRoot.read(root);
            var text = new StringBuilder();
            for (Path file : lists.sorted().toList()) {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                text.append(file).append(' ').append(attributes.fileKey()).append(' ');
                text.append(attributes.size()).append(' ').append(attributes.lastModifiedTime());
                text.append('\n');
            }
            text.append(database.foreignArchitectures()).append('\n');
            text.append(database.status().length()).append('\n').append(database.status());
            text.append(database.extendedStates());
            return directory.path() + " " + Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "Cannot read the package database of " + root + ": " + e.getMessage(), e);
        }
    }

    /** When the lists were fetched last is known and they are there. */
    void requireLists() {
        if (!directory.isRefreshed() || !hasLists()) {
            throw new StencilException(
                    Fault.METADATA_MISSING,
                    "There are no package lists in " + data.resolve("lists") + ". Fetch them: vzpkg update metadata.");
        }
    }

    /** The newest date of the lists of this source. */
    Instant published() {
        requireLists();
        try {
            return new ReleaseDates(data.resolve("lists"))
                    .newest(source.repositories())
                    .orElseThrow(
                            () -> new StencilException(
                                    Fault.METADATA_MISSING,
                                    "The package lists in " + data.resolve("lists")
                                            + " have no index of the template's repositories. Fetch them again: vzpkg update metadata."));
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM,
                    "Cannot read the package lists in " + data.resolve("lists") + ": " + e.getMessage(),
                    e);
        }
    }

    private boolean hasLists() {
        try (Stream<Path> lists = Files.list(data.resolve("lists"))) {
            return lists.anyMatch(file -> file.toString().contains("_Packages"));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** A run of one of apt's programs on this state. */
    Program apt(String program, String... arguments) {
        return Program.of(program, arguments)
                .env(source.environment())
                .env("APT_CONFIG", directory.resolve("apt.conf").toString())
                .env("DEBIAN_FRONTEND", "noninteractive");
    }

    Finished run(Program program) {
        try {
            return host.run(program);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, e.getMessage() + ". The templates of Debian need apt on the host.", e);
        }
    }
}
