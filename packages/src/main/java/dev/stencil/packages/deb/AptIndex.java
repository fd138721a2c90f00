package dev.stencil.packages.deb;

import dev.stencil.host.Digest;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.packages.Repository;
import dev.stencil.packages.lock.LockedRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The signed index of a repository as apt keeps it among its lists: its digest, its date, and whose signatures on it are
 * good. Source: Debian's repository format, {@code InRelease} and {@code Release}.
 */
final class AptIndex {
    private static final int LARGEST_HEADER = 64 * 1024;

    private final AptState state;

    AptIndex(AptState state) {
        this.state = state;
    }

    /** How {@code repository} was when its lists were fetched; nothing is known of one whose index is not there. */
    LockedRepository.State read(Repository repository, List<Target> targets) throws IOException {
        Optional<Path> index = find(repository, targets);
        return index.isPresent()
                ? state(index.get(), repository)
                : new LockedRepository.State(Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    private static Optional<Path> find(Repository repository, List<Target> targets) {
        AptRecord record = AptRecord.parse(repository.location());
        for (Target target : targets) {
            if (target.isOf(record)) {
                for (String name : List.of("InRelease", "Release")) {
                    Path index = target.beside(name);
                    if (Files.exists(index)) {
                        return Optional.of(index);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Those of {@code repositories} that carry no security updates, as a pin names releases: {@code o=Debian,n=bookworm}. */
    List<String> releasesWithoutSecurity(List<Repository> repositories) throws IOException {
        List<Target> targets = targets();
        List<String> releases = new ArrayList<>();
        for (Repository repository : repositories) {
            Optional<Path> index = find(repository, targets);
            if (!AptRecord.parse(repository.location()).isSecurity() && index.isPresent()) {
                releases.add(release(header(Files.readAllBytes(index.get()))));
            }
        }
        return releases;
    }

    private static String release(String index) {
        List<String> terms = new ArrayList<>();
        for (String line : (Iterable<String>) index.lines()::iterator) {
            int colon = line.indexOf(':');
            String key =
                    switch (colon < 0 ? "" : line.substring(0, colon)) {
                        case "Origin" -> "o=";
                        case "Label" -> "l=";
                        case "Suite" -> "a=";
                        case "Codename" -> "n=";
                        default -> "";
                    };
            if (!key.isEmpty()) {
                terms.add(key + line.substring(colon + 1).strip());
            }
        }
        return terms.isEmpty() ? "*" : String.join(",", terms);
    }

    /** The lists that apt has, by repository. */
    List<Target> targets() {
        Finished done = state.run(
                state.apt("apt-get", "indextargets", "--format", "$(REPO_URI)\t$(RELEASE)\t$(METAKEY)\t$(FILENAME)"));
        return done.text()
                .lines()
                .map(line -> line.split("\t", -1))
                .filter(words -> words.length == 4)
                .map(words -> new Target(AptRecord.plain(words[0]), words[1], words[2], words[3]))
                .toList();
    }

    /**
     * One list of packages.
     *
     * @param key its path in the repository's index
     */
    record Target(String url, String release, String key, String file) {
        boolean isOf(AptRecord record) {
            return url.equals(record.url()) && release.equals(record.suite());
        }

        /** apt names lists by their addresses, with {@code _} for {@code /}. */
        Path beside(String name) {
            int end = file.lastIndexOf(key.replace('/', '_'));
            return Path.of((end < 0 ? file : file.substring(0, end)) + name);
        }
    }

    private LockedRepository.State state(Path index, Repository repository) throws IOException {
        byte[] content = Files.readAllBytes(index);
        return new LockedRepository.State(
                Optional.of(Digest.of(content)), date(header(content)), signers(index, repository), Optional.empty());
    }

    private static String header(byte[] index) {
        return new String(index, 0, Math.min(index.length, LARGEST_HEADER), StandardCharsets.UTF_8);
    }

    /** The field {@code Date}, in UTC: {@code Sat, 11 Jul 2026 10:16:37 UTC}. */
    static Optional<Instant> date(String index) {
        for (String line : (Iterable<String>) index.lines()::iterator) {
            if (line.startsWith("Date:")) {
                String text = line.substring("Date:".length()).strip().replaceAll("\\s+", " ");
                try {
                    return Optional.of(
                            Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.replace("UTC", "GMT"))));
                } catch (DateTimeException notADate) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Fingerprints of the keys among the repository's keyrings whose signatures are good, sorted. */
    private List<String> signers(Path index, Repository repository) {
        Path keyring = state.keyring(repository);
        if (keyring.toString().isEmpty()) {
            return List.of();
        }
        Program gpgv = Program.of("gpgv", "--status-fd", "1", "--keyring", keyring.toString());
        Path detached = Path.of(index + ".gpg");
        // The status says how each signature fared; the exit code only whether all keys were there.
        Finished done = state.run(
                index.toString().endsWith("InRelease") || !Files.exists(detached)
                        ? gpgv.args(index.toString())
                        : gpgv.args(detached.toString(), index.toString()));
        return goodSigners(done.text());
    }

    /** Source: GnuPG's doc/DETAILS, {@code GOODSIG} and {@code VALIDSIG}. */
    static List<String> goodSigners(String status) {
        var fingerprints = new TreeSet<String>();
        boolean isGood = false;
        for (String line : (Iterable<String>) status.lines()::iterator) {
            String[] words = line.split(" ", -1);
            String word = words.length > 1 ? words[1] : "";
            switch (word) {
                case "GOODSIG" -> isGood = true;
                case "NEWSIG", "BADSIG", "ERRSIG", "EXPSIG", "EXPKEYSIG", "REVKEYSIG" -> isGood = false;
                case "VALIDSIG" -> {
                    if (isGood && words.length > 2) {
                        fingerprints.add(words[2]);
                    }
                }
                default -> {}
            }
        }
        return List.copyOf(fingerprints);
    }
}
