package dev.stencil.packages.rpm;

import dev.stencil.host.Digest;
import dev.stencil.linux.Finished;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lists that dnf has fetched as zypper reads them: making its own form of them takes it ten times as long as a question.
 * So it is made once for each state of the repositories, in a directory beside the lists that nobody changes, and lent to the
 * root of each question by links: what zypper would replace it replaces there.
 */
final class ZypperLists {
    private static final String PREFIX = "zypper-";
    private static final String REPOSITORIES = "etc/zypp/repos.d";
    private static final String CACHE = "var/cache/zypp";

    private final Path directory;

    private ZypperLists(Path directory) {
        this.directory = directory;
    }

    /** zypper itself, on the root of a scratch directory. */
    @FunctionalInterface
    interface Zypper {
        Finished run(DnfState state, RpmScratch scratch, List<String> words);
    }

    /** Those of the last refresh; callers hold the template lock at least shared. */
    static ZypperLists of(DnfState state, Zypper zypper) throws IOException {
        List<RepositoryState> repositories = state.repositoryStates();
        Path directory = state.directory().resolve(PREFIX + identity(repositories));
        if (!Files.isDirectory(directory)) {
            make(state, repositories, zypper, directory);
        }
        return new ZypperLists(directory);
    }

    private static String identity(List<RepositoryState> repositories) throws IOException {
        var text = new ByteArrayOutputStream();
        for (RepositoryState repository : repositories) {
            text.writeBytes((repository.id() + "\n" + repository.index() + "\n").getBytes(StandardCharsets.UTF_8));
            text.writeBytes(Files.readAllBytes(repository.index()));
        }
        return Digest.of(text.toByteArray()).hex().substring(0, 12);
    }

    private static void make(DnfState state, List<RepositoryState> repositories, Zypper zypper, Path directory)
            throws IOException {
        try (RpmScratch scratch = RpmScratch.make()) {
            Path folder = Files.createDirectories(scratch.root().resolve(REPOSITORIES));
            Files.createDirectories(scratch.root().resolve("tmp"));
            for (RepositoryState repository : repositories) {
                Path lists = scratch.persist().resolve(repository.id());
                ListedRepository.make(repository, lists);
                Files.writeString(
                        folder.resolve(repository.id() + ".repo"),
                        "[" + repository.id() + "]\nname=" + repository.id()
                                + "\nenabled=1\nautorefresh=0\nbaseurl=dir:" + lists
                                + "\ntype=rpm-md\ngpgcheck=0\nrepo_gpgcheck=0\npkg_gpgcheck=0\n");
            }
            zypper.run(state, scratch, List.of("--quiet", "refresh")).orThrow();
            keep(scratch.root(), repositories, directory);
        }
    }

    /** Takes the place of what was made for an earlier state. */
    private static void keep(Path made, List<RepositoryState> repositories, Path directory) throws IOException {
        removeOthers(directory);
        Path beside = Files.createTempDirectory(directory.resolveSibling(""), ".zypper-");
        try {
            copy(made.resolve(REPOSITORIES), beside.resolve(REPOSITORIES));
            for (RepositoryState repository : repositories) {
                for (String part : List.of(CACHE + "/raw/" + repository.id(), CACHE + "/solv/" + repository.id())) {
                    copy(made.resolve(part), beside.resolve(part));
                }
            }
            Files.move(beside, directory);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException madeMeanwhile) {
            RpmScratch.delete(beside); // by another process, which was faster
        } catch (IOException e) {
            RpmScratch.delete(beside);
            throw e;
        }
    }

    private static void removeOthers(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory.resolveSibling(""))) {
            for (Path other : all.toList()) {
                if (String.valueOf(other.getFileName()).startsWith(PREFIX) && !other.equals(directory)) {
                    RpmScratch.delete(other);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    // Links too: zypper keeps words in some that lead nowhere.
                    Files.copy(path, target, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    /** Lends them to {@code root}. */
    void linkInto(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                Path target = root.resolve(directory.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.createSymbolicLink(target, path);
                }
            }
        }
    }
}
