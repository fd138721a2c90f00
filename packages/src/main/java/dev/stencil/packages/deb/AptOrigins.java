package dev.stencil.packages.deb;

import dev.stencil.packages.PackageFile;
import dev.stencil.packages.Repository;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which repositories offer which versions, by what {@code apt-cache madison} prints: {@code name | version | URL
 * suite/component arch Packages}, without the last two words of suite for repositories that have none.
 */
final class AptOrigins {
    private final List<AptRecord> repositories;
    private final Map<String, List<String>> sites;

    private AptOrigins(List<AptRecord> repositories, Map<String, List<String>> sites) {
        this.repositories = repositories;
        this.sites = sites;
    }

    static AptOrigins parse(String madison, List<Repository> repositories) {
        Map<String, List<String>> sites = new HashMap<>();
        for (String line : (Iterable<String>) madison.lines()::iterator) {
            String[] columns = line.split(" \\| ", 3);
            if (columns.length == 3) {
                String name = columns[0].strip();
                int colon = name.indexOf(':');
                String key = (colon < 0 ? name : name.substring(0, colon)) + "=" + columns[1].strip();
                sites.computeIfAbsent(key, _ -> new ArrayList<>()).add(columns[2].strip());
            }
        }
        return new AptOrigins(
                repositories.stream()
                        .map(repository -> AptRecord.parse(repository.location()))
                        .toList(),
                sites);
    }

    /**
     * Where a file comes from.
     *
     * @param repository its position in the source's list
     * @param location below the repository's address, as the index writes it
     */
    record Origin(int repository, String location) {}

    /** The first repository that offers the file's version and whose address the file's begins with. */
    Origin of(PackageFile file) {
        List<String> offered =
                sites.getOrDefault(file.name().name() + "=" + file.name().version(), List.of());
        String address = AptRecord.plain(file.uri().toString());
        for (int i = 0; i < repositories.size(); i++) {
            AptRecord repository = repositories.get(i);
            if (address.startsWith(repository.url() + "/")
                    && offered.stream().anyMatch(site -> isAt(repository, site))) {
                String quoted = address.substring(repository.url().length() + 1);
                return new Origin(i, URLDecoder.decode(quoted.replace("+", "%2b"), StandardCharsets.UTF_8));
            }
        }
        throw new IllegalArgumentException(
                "no repository of the template offers " + file.name() + ", which comes from " + address);
    }

    private static boolean isAt(AptRecord repository, String site) {
        String[] words = site.split(" ");
        if (words.length < 2 || !AptRecord.plain(words[0]).equals(repository.url())) {
            return false;
        }
        return repository.components().isEmpty()
                ? words[1].equals(repository.suite())
                : repository.components().stream().anyMatch(part -> words[1].equals(repository.suite() + "/" + part));
    }
}
