package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.CacheArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Caches that hold applications, as they lie on the disk: the generations of their name, and a list file beside the cache
 * locks that tells a person which applications these are. Looking costs a link and a short file each.
 */
public final class CachedApplications {
    private static final String LIST = ".list";

    private final CacheArea area;
    private final GenerationStore generations;

    public CachedApplications(CacheArea area, GenerationStore generations) {
        this.area = area;
        this.generations = generations;
    }

    /** One of them. {@code template} is the full name of the OS template it stands on. */
    public record Entry(String template, ApplicationList applications, Generation generation) {}

    /** All that are cached, by OS template and then by applications; a list file without a cache says nothing. */
    public List<Entry> list() {
        List<Entry> found = new ArrayList<>();
        for (String name : listed()) {
            Optional<Generation> current = generations.current(name);
            current.ifPresent(
                    generation -> found.add(new Entry(ApplicationList.templateOf(name), read(name), generation)));
        }
        found.sort((a, b) -> {
            int byTemplate = a.template().compareTo(b.template());
            return byTemplate != 0
                    ? byTemplate
                    : a.applications().text().compareTo(b.applications().text());
        });
        return found;
    }

    /** The generation that containers of {@code selection} are made from; the OS template's own when nothing qualifies. */
    public Optional<Generation> find(AppcacheSelection selection) {
        return generations.current(selection.subject().name());
    }

    /** Writes the list file of the cache of {@code subject}. */
    void record(CacheSubject subject) throws IOException {
        Path file = file(subject.name());
        Files.createDirectories(area.lists());
        Path beside = file.resolveSibling("." + file.getFileName());
        Files.writeString(beside, subject.applicationList().text());
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes the list file of the cache {@code name} away. */
    void forget(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot remove " + file(name) + ": " + e.getMessage(), e);
        }
    }

    private List<String> listed() {
        if (!Files.isDirectory(area.lists())) {
            return List.of();
        }
        try (var entries = Files.list(area.lists())) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.endsWith(LIST) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - LIST.length()))
                    .filter(ApplicationList::isNamed)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + area.lists() + ": " + e.getMessage(), e);
        }
    }

    private ApplicationList read(String name) {
        try {
            return ApplicationList.parse(Files.readString(file(name)));
        } catch (NoSuchFileException justRemoved) {
            return ApplicationList.of(List.of());
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + file(name) + ": " + e.getMessage(), e);
        }
    }

    private Path file(String name) {
        return area.lists().resolve(name + LIST);
    }
}
