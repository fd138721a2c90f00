package dev.stencil.packages.deb;

import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The texts of a private apt configuration. It is complete: with it apt reads nothing of the host's {@code /etc/apt} and
 * {@code /var/lib/apt}, neither settings nor keys, sources, pins or hooks. Source: apt.conf(5), sources.list(5).
 */
final class AptConfiguration {
    private AptConfiguration() {}

    /**
     * @param directory where this configuration's own files are
     * @param data directory of lists, shared by all configurations of a family of templates
     */
    static String conf(PackageSource source, Path directory, Path data) {
        var text = new StringBuilder(
                """
                Dir "/";
                Dir::Bin::methods "/usr/lib/apt/methods/";
                Dir::Etc::main "";
                Dir::Etc::parts "/dev/null";
                Dir::Etc::netrcparts "/dev/null";
                Dir::Etc::sourceparts "/dev/null";
                Dir::Etc::trusted "/dev/null";
                Dir::Etc::trustedparts "/dev/null";
                Dir::Etc::preferencesparts "/dev/null";
                Dir::Log "/dev/null";
                Dir::Log::Terminal "";
                Dir::Log::History "";
                APT::Get::Assume-Yes "true";
                APT::Get::List-Cleanup "false";
                APT::Install-Recommends "false";
                APT::Sandbox::User "root";
                APT::Update::Error-Mode "any";
                Acquire::Languages "none";
                Acquire::ForceHash "SHA256";
                Acquire::PDiffs "false";
                Acquire::Retries "3";
                Acquire::http::Timeout "30";
                Acquire::https::Timeout "30";
                Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
                """);
        setting(text, "Dir::Etc", directory + "/");
        setting(text, "Dir::Etc::sourcelist", directory.resolve("sources.list").toString());
        setting(text, "Dir::Etc::preferences", directory.resolve("preferences").toString());
        setting(text, "Dir::State", data + "/");
        setting(text, "Dir::State::lists", data.resolve("lists") + "/");
        setting(text, "Dir::State::status", directory.resolve("empty-status").toString());
        setting(
                text,
                "Dir::State::extended_states",
                directory.resolve("empty-states").toString());
        setting(text, "Dir::Cache", directory + "/");
        setting(text, "Dir::Cache::archives", data.resolve("archives") + "/");
        setting(text, "APT::Architecture", source.arch().debianName());
        text.append("#clear APT::Architectures;\n");
        architectures(source).forEach(arch -> setting(text, "APT::Architectures::", arch));
        return text.toString();
    }

    private static void setting(StringBuilder text, String name, String value) {
        if (value.indexOf('"') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("apt's configuration cannot hold this value: " + value);
        }
        text.append(name).append(" \"").append(value).append("\";\n");
    }

    /** 64-bit systems take 32-bit packages as well where the template says so (spec vzpkg 6.7.3). */
    static List<String> architectures(PackageSource source) {
        String own = source.arch().debianName();
        return source.multiarch() && own.equals("amd64") ? List.of(own, "i386") : List.of(own);
    }

    /** One line a repository; {@code keyring} tells the file made for it, or that there is none by an empty path. */
    static String sources(PackageSource source, java.util.function.Function<Repository, Path> keyring) {
        var text = new StringBuilder();
        String architectures = String.join(",", architectures(source));
        for (Repository repository : source.repositories()) {
            List<String> options = new ArrayList<>(List.of("arch=" + architectures));
            Path keys = keyring.apply(repository);
            if (!keys.toString().isEmpty()) {
                options.add("signed-by=" + keys);
            }
            if (source.unsignedAllowed() || repository.unsignedAllowed()) {
                options.add("allow-insecure=yes");
                options.add("trusted=yes");
            }
            text.append("deb [")
                    .append(String.join(" ", options))
                    .append("] ")
                    .append(location(repository))
                    .append('\n');
        }
        return text.toString();
    }

    /** {@code URL suite component…}, without a {@code deb} in front. */
    static String location(Repository repository) {
        String location = repository.location().strip();
        if (location.indexOf('\n') >= 0 || location.startsWith("[")) {
            throw new IllegalArgumentException("the repository " + repository.id() + " is not of the form "
                    + "\"URL suite component…\": " + location);
        }
        return location.toLowerCase(Locale.ROOT).startsWith("deb ")
                ? location.substring(4).strip()
                : location;
    }

    /** Excluded packages get no candidate: never installed, and never changed where they are installed. */
    static String preferences(PackageSource source) {
        var text = new StringBuilder();
        for (String exclude : source.excludes()) {
            text.append("Package: ").append(exclude).append("\nPin: release *\nPin-Priority: -1\n\n");
        }
        return text.toString();
    }
}
