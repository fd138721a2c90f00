package dev.stencil.packages.rpm;

import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The texts of a private dnf configuration. It is complete: with it dnf reads nothing of the host's {@code /etc/dnf},
 * {@code /etc/yum.repos.d} and {@code /var/lib/dnf}. Signatures of packages are not dnf's to check here, they are checked
 * when they are fetched ({@link PackageSignatures}); those of indexes are. Source: dnf.conf(5).
 */
final class DnfConfiguration {
    private DnfConfiguration() {}

    /**
     * @param directory where this configuration's own files are
     * @param data directory of what dnf downloads, shared by all configurations of a family of templates
     */
    static String conf(PackageSource source, Path directory, Path data) {
        var text = new StringBuilder(
                """
                [main]
                best=True
                gpgcheck=0
                localpkg_gpgcheck=0
                plugins=0
                skip_if_unavailable=False
                clean_requirements_on_remove=False
                installonlypkgs=
                check_config_file_age=0
                keepcache=0
                deltarpm=0
                fastestmirror=0
                timeout=30
                retries=3
                """);
        setting(text, "cachedir", data.resolve("cache").toString());
        setting(text, "logdir", directory.resolve("log").toString());
        setting(text, "reposdir", directory.resolve("repos.d").toString());
        setting(text, "varsdir", directory.resolve("vars").toString());
        setting(text, "excludepkgs", String.join(" ", source.excludes()));
        return text.toString();
    }

    /**
     * One section a repository.
     *
     * @param signed ids of those whose index must be signed
     * @param keys where the keys of the repository of that id lie
     * @param data directory of what dnf downloads
     */
    static String repositories(
            PackageSource source,
            Set<String> signed,
            java.util.function.Function<Repository, List<Path>> keys,
            Path data) {
        var text = new StringBuilder();
        for (Repository repository : source.repositories()) {
            if (!RepositoryAddresses.isUsed(source, repository)) {
                continue;
            }
            text.append('[').append(repository.id()).append("]\n");
            setting(text, "name", repository.id());
            address(text, repository, data);
            setting(text, "enabled", "1");
            boolean isSigned = signed.contains(repository.id());
            setting(text, "repo_gpgcheck", isSigned ? "1" : "0");
            List<String> files = keys.apply(repository).stream()
                    .map(file -> file.toUri().toString())
                    .toList();
            if (isSigned && !files.isEmpty()) {
                setting(text, "gpgkey", String.join("\n  ", files));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void address(StringBuilder text, Repository repository, Path data) {
        if (RepositoryAddresses.isChoice(repository)) {
            Path mirrors = RepositoryAddresses.file(data, repository);
            setting(text, "mirrorlist", mirrors.isAbsolute() ? mirrors.toUri().toString() : mirrors.toString());
        } else {
            String kind = RepositoryAddresses.isMetalink(repository) ? "metalink" : "baseurl";
            setting(text, kind, addresses(repository).getFirst());
        }
    }

    /** Alternatives of one record, divided by blanks (spec vzpkg 2.4). */
    static List<String> addresses(Repository repository) {
        List<String> words = List.of(repository.location().strip().split("\\s+"));
        if (words.stream().anyMatch(word -> word.indexOf(':') < 0)) {
            throw new IllegalArgumentException(
                    "the repository " + repository.id() + " is not an address: " + repository.location());
        }
        return words;
    }

    /** What a lock calls the repository: the first address of its record, as the template has it. */
    static String addressWritten(Repository repository) {
        return repository.written().strip().split("\\s+")[0];
    }

    /** The address with the variables of dnf replaced, as dnf does it itself. */
    static String expanded(String address, PackageSource source) {
        RpmArch arch = RpmArch.of(source.arch());
        return address.replaceAll(
                        "\\$\\{?releasever}?",
                        java.util.regex.Matcher.quoteReplacement(source.rules().release()))
                .replaceAll("\\$\\{?basearch}?", arch.base())
                .replaceAll("\\$\\{?arch}?", arch.machine());
    }

    private static void setting(StringBuilder text, String name, String value) {
        if (value.lines().count() > 1 && value.lines().skip(1).anyMatch(line -> !line.startsWith("  "))) {
            throw new IllegalArgumentException("dnf's configuration cannot hold this value: " + value);
        }
        text.append(name).append('=').append(value).append('\n');
    }
}
