package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.image.layer.LayerUsers;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packages that somebody may want again without asking a mirror: those of generations, of locks beside templates, old
 * revisions included, and what containers need to go back.
 */
final class NeededPackages {
    /** As locks and manifests write it; so a damaged file still keeps what it names. */
    private static final Pattern NAMED = Pattern.compile("^sha256 = \"([0-9a-f]{64})\"$", Pattern.MULTILINE);

    private final TemplateArea templates;
    private final GenerationStore generations;
    private final LayerUsers users;

    NeededPackages(TemplateArea templates, GenerationStore generations, LayerUsers users) {
        this.templates = templates;
        this.generations = generations;
        this.users = users;
    }

    /** @param without generations that do not count any more */
    Set<Digest> all(List<Path> without) throws IOException {
        Set<Digest> needed = new HashSet<>(users.packagesInUse());
        for (String template : generations.templates()) {
            for (Path generation : generations.directories(template)) {
                if (!without.contains(generation)) {
                    add(generation.resolve(GenerationStore.MANIFEST), needed);
                    add(generation.resolve("lock"), needed);
                }
            }
        }
        for (OsTemplate template : templates.osTemplates()) {
            addLocks(template.configDirectory().resolve("locks"), needed);
        }
        return needed;
    }

    private static void addLocks(Path directory, Set<Digest> needed) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".lock")).toList()) {
                add(file, needed);
            }
        }
    }

    private static void add(Path file, Set<Digest> needed) throws IOException {
        if (Files.isRegularFile(file)) {
            Matcher named = NAMED.matcher(Files.readString(file));
            while (named.find()) {
                needed.add(new Digest(named.group(1)));
            }
        }
    }
}
