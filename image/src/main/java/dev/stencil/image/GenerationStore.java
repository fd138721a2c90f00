package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Generations of all templates. {@code caches/<template>/current} is a relative link to the one in force; replacing it is
 * the commit. Looking one up reads a link and one short file, so that listing and creating stay quick.
 */
public final class GenerationStore {
    static final String CURRENT = "current";
    static final String LAYERS = "layers";
    static final String MANIFEST = "generation.toml";

    private final CacheArea area;
    private final LayerStore layers;

    public GenerationStore(CacheArea area, LayerStore layers) {
        this.area = area;
        this.layers = layers;
    }

    /** The generation that new containers of {@code template} are made from; empty when it is not cached. */
    public Optional<Generation> current(String template) {
        Path link = area.cachesOf(template).resolve(CURRENT);
        try {
            return Optional.of(read(template, Files.readSymbolicLink(link).toString()));
        } catch (NoSuchFileException notCached) {
            return Optional.empty();
        } catch (NotLinkException e) {
            throw new StencilException(Fault.SYSTEM, link + " is not a link. Remove it and create the cache again.", e);
        } catch (IOException e) {
            throw unreadable(template, e);
        }
    }

    /** When the current generation was made, without reading it; empty when {@code template} is not cached. */
    public Optional<Instant> builtAt(String template) {
        Path manifest = area.cachesOf(template).resolve(CURRENT).resolve(MANIFEST);
        try {
            return Optional.of(Files.getLastModifiedTime(manifest).toInstant());
        } catch (NoSuchFileException notCached) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(template, e);
        }
    }

    /** Full names of templates that have a cache, sorted. */
    public List<String> templates() {
        if (!Files.isDirectory(area.caches())) {
            return List.of();
        }
        try (var entries = Files.list(area.caches())) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + area.caches() + ": " + e.getMessage(), e);
        }
    }

    /** Generations of {@code template} that are still on the disk, oldest first. */
    public List<Generation> all(String template) {
        Path directory = area.cachesOf(template);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Generation> found = new ArrayList<>();
        try (var entries = Files.list(directory)) {
            for (String name : entries.map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList()) {
                if (isNumber(name)) {
                    found.add(read(template, name));
                }
            }
            return found;
        } catch (IOException e) {
            throw unreadable(template, e);
        }
    }

    /** Highest number given to a generation of {@code template} that is still on the disk; 0 when there is none. */
    int lastNumber(String template) {
        Path directory = area.cachesOf(template);
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(GenerationStore::isNumber)
                    .mapToInt(Integer::parseInt)
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw unreadable(template, e);
        }
    }

    /** Everything that is known about {@code generation}; parses TOML, so not for listings. */
    public GenerationManifest manifest(Generation generation) {
        Path file = generation.directory().resolve(MANIFEST);
        try {
            return GenerationManifest.parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw unreadable(generation.template(), e);
        }
    }

    /** Directory name of a generation: at least four digits, so that {@code ls} sorts them. */
    static String nameOf(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    static boolean isNumber(String name) {
        return name.length() >= 4 && name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private Generation read(String template, String name) throws IOException {
        if (!isNumber(name)) {
            throw new IOException("\"" + name + "\" is not the name of a generation");
        }
        Path directory = area.cachesOf(template).resolve(name);
        List<Layer> stack = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(LAYERS))) {
            stack.add(layers.at(digest(line, directory)));
        }
        Instant built = Files.getLastModifiedTime(directory.resolve(MANIFEST)).toInstant();
        return new Generation(template, Integer.parseInt(name), stack, directory, built);
    }

    private static Digest digest(String line, Path directory) throws IOException {
        try {
            return Digest.parse(line);
        } catch (IllegalArgumentException e) {
            throw new IOException(directory.resolve(LAYERS) + ": " + e.getMessage(), e);
        }
    }

    private StencilException unreadable(String template, IOException e) {
        return new StencilException(
                Fault.SYSTEM,
                "The cache of " + template + " in " + area.cachesOf(template) + " cannot be read: " + e.getMessage()
                        + ". Create it again with: vzpkg create cache --force " + template,
                e);
    }
}
