package dev.stencil.packages.deb;

import dev.stencil.packages.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** When archives say that they were published: {@code Date} of their signed indexes among apt's package lists. */
final class ReleaseDates {
    private static final String UNSAFE = "\\|{}[]<>\"^~_=!@#$%&*";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss z", Locale.ROOT);

    private final Path lists;

    /** @param lists apt's {@code Dir::State::lists} */
    ReleaseDates(Path lists) {
        this.lists = lists;
    }

    /** The newest of all {@code repositories}; empty when none of them has been fetched. */
    Optional<Instant> newest(List<Repository> repositories) throws IOException {
        Optional<Instant> newest = Optional.empty();
        for (Repository repository : repositories) {
            Optional<Instant> date = date(repository);
            if (date.isPresent() && (newest.isEmpty() || date.get().isAfter(newest.get()))) {
                newest = date;
            }
        }
        return newest;
    }

    /** An index without a date has that of the server, which apt gives to its lists. */
    private Optional<Instant> date(Repository repository) throws IOException {
        String prefix = prefix(repository);
        for (String name : List.of("InRelease", "Release")) {
            Path file = lists.resolve(prefix + name);
            if (Files.exists(file)) {
                Optional<Instant> date = dateIn(Files.readString(file, StandardCharsets.ISO_8859_1));
                return Optional.of(
                        date.isPresent()
                                ? date.get()
                                : Files.getLastModifiedTime(file).toInstant());
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> dateIn(String release) {
        try (Stream<String> lines = release.lines()) {
            return lines.filter(line -> line.startsWith("Date:"))
                    .findFirst()
                    .flatMap(line -> parsed(line.substring("Date:".length()).strip()));
        }
    }

    private static Optional<Instant> parsed(String date) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(date.replace("UTC", "GMT"), DATE).toInstant());
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }

    /** How apt names lists: the address of the suite without scheme, slashes and what is unsafe replaced. */
    private static String prefix(Repository repository) {
        String[] words = AptConfiguration.location(repository).split("\\s+", -1);
        String address = words[0].replaceFirst("^[A-Za-z+]+:(//)?([^/@]*@)?", "");
        String suite = words.length > 1 ? words[1] : "";
        String base = address.endsWith("/") ? address : address + "/";
        return fileName(suite.endsWith("/") ? base + suite : base + "dists/" + suite + "/");
    }

    private static String fileName(String address) {
        var name = new StringBuilder();
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '/') {
                name.append('_');
            } else if (UNSAFE.indexOf(c) >= 0) {
                name.append('%').append(Integer.toHexString(c));
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}
