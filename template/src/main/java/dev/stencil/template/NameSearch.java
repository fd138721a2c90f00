package dev.stencil.template;

import dev.stencil.host.Arch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the template that a name means. Where {@code osname}, {@code osver} and the set begin depends on which directories
 * exist; the shortest {@code osname} wins. Source: spec vzpkg 1.3.
 */
final class NameSearch {
    private final Path area;
    private final Arch host;

    NameSearch(Path area, Arch host) {
        this.area = area;
        this.host = host;
    }

    /** A template, or a directory of one in which files are missing. */
    record Found(OsTemplate template, boolean isComplete) {}

    /** What fits {@code name}, which has no leading dot: a complete template if there is one. */
    Optional<Found> search(String name) {
        List<String> tokens = tokens(name);
        Optional<OsTemplate> begun = Optional.empty();
        for (int length = 1; length < tokens.size(); length++) {
            Optional<OsTemplate> candidate = candidate(tokens, length);
            if (candidate.isPresent() && candidate.get().isComplete()) {
                return Optional.of(new Found(candidate.get(), true));
            }
            if (begun.isEmpty() && candidate.isPresent() && candidate.get().isBegun()) {
                begun = candidate;
            }
        }
        return begun.map(template -> new Found(template, false));
    }

    /** The template that the first {@code length} tokens as osname lead to, if its version has a directory. */
    private Optional<OsTemplate> candidate(List<String> tokens, int length) {
        String osName = String.join("-", tokens.subList(0, length));
        String osVersion = tokens.get(length);
        int next = length + 1;
        if (!OsTemplateName.isPart(osName) || !OsTemplateName.isPart(osVersion)) {
            return Optional.empty();
        }
        Path versionDirectory = area.resolve(osName).resolve(osVersion);
        if (!Files.isDirectory(versionDirectory)) {
            return Optional.empty();
        }
        Optional<Arch> named = next < tokens.size() ? Arch.named(tokens.get(next)) : Optional.empty();
        Arch arch = named.orElse(host);
        List<String> rest = tokens.subList(named.isPresent() ? next + 1 : next, tokens.size());
        Optional<String> set = rest.isEmpty() ? Optional.empty() : Optional.of(String.join("-", rest));
        if (set.isPresent() && !OsTemplateName.isPart(set.get())) {
            return Optional.empty();
        }
        var name = new OsTemplateName(osName, osVersion, arch, set);
        return Optional.of(new OsTemplate(name, versionDirectory.resolve(arch.templateName())));
    }

    /** The name split at every '-', with empty tokens kept, so that no two names mean the same by accident. */
    private static List<String> tokens(String name) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        for (int dash = name.indexOf('-'); dash >= 0; dash = name.indexOf('-', start)) {
            tokens.add(name.substring(start, dash));
            start = dash + 1;
        }
        tokens.add(name.substring(start));
        return tokens;
    }
}
