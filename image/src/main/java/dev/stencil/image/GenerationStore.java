package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.lock.LockReferences;
import dev.stencil.linux.Staging;
import dev.stencil.packages.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Generations of all templates. {@code caches/<template>/current} is a relative link to the one in force; replacing it is
 * the commit. Looking one up reads a link and one short file, so that listing and creating stay quick.
 */
public final class GenerationStore {
    static final String CURRENT = "current";
    static final String LAYERS = "layers";
    static final String APPLICATIONS = "applications";
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
            String name = Files.readSymbolicLink(link).toString();
            if (!isNumber(name)) {
                throw new IOException("\"" + name + "\" is not the name of a generation");
            }
            return Optional.of(parse(template, link.resolveSibling(name)));
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
        if (!Files.exists(manifest)) { // cheaper than the exception; a listing asks for every template
            return Optional.empty();
        }
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
        List<Generation> found = new ArrayList<>();
        for (Path directory : directories(template)) {
            found.add(read(template, directory));
        }
        return found;
    }

    /** Where the generations of {@code template} lie, oldest first; they may be damaged. */
    List<Path> directories(String template) {
        Path directory = area.cachesOf(template);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.filter(entry -> isNumber(entry.getFileName().toString()))
                    .sorted(Comparator.comparingInt(GenerationStore::numberOf))
                    .toList();
        } catch (IOException e) {
            throw unreadable(template, e);
        }
    }

    /**
     * Layers that generations in the making have written down so far, those of dead runs included. Ask before
     * {@link #all}: a draft that is finished in between is in one of the answers.
     */
    Set<Digest> layersOfDrafts(String template) {
        Set<Digest> found = new HashSet<>();
        try (var entries = Files.newDirectoryStream(area.cachesOf(template), Staging.PREFIX + "*")) {
            for (Path draft : entries) {
                addLayersOf(draft, found);
            }
        } catch (NoSuchFileException removedMeanwhile) {
            return Set.of();
        } catch (IOException e) {
            throw unreadable(template, e);
        }
        return found;
    }

    private static void addLayersOf(Path draft, Set<Digest> found) throws IOException {
        try {
            for (String line : Files.readAllLines(draft.resolve(LAYERS))) {
                found.add(digest(line, draft));
            }
        } catch (NoSuchFileException noneYetOrFinishedMeanwhile) {
            // Then it names none, or is a generation now.
        }
    }

    /** Highest number given to a generation of {@code template} that is still on the disk; 0 when there is none. */
    int lastNumber(String template) {
        List<Path> directories = directories(template);
        return directories.isEmpty() ? 0 : numberOf(directories.getLast());
    }

    /** The generation at {@code directory}. */
    Generation read(String template, Path directory) {
        try {
            return parse(template, directory);
        } catch (IOException e) {
            throw unreadable(template, e);
        }
    }

    /**
     * What {@code generation} was made from; those of older versions do not tell.
     *
     * @throws StencilException {@code LOCK_DAMAGED}
     */
    public static Optional<Lock> lock(Generation generation) {
        Path file = generation.directory().resolve(LockReferences.GENERATION_FILE);
        return Files.exists(file) ? Optional.of(Lock.read(file)) : Optional.empty();
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

    /** The applications that containers made from {@code generation} have, in the order of {@code TEMPLATES}. */
    public List<String> applications(Generation generation) {
        Path file = generation.directory().resolve(APPLICATIONS);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file);
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

    static int numberOf(Path directory) {
        return Integer.parseInt(directory.getFileName().toString());
    }

    private Generation parse(String template, Path directory) throws IOException {
        List<Layer> stack = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(LAYERS))) {
            stack.add(layers.at(digest(line, directory)));
        }
        Instant built = Files.getLastModifiedTime(directory.resolve(MANIFEST)).toInstant();
        return new Generation(template, numberOf(directory), stack, directory, built);
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
