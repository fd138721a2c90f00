package dev.stencil.template;

import dev.stencil.linux.Root;
import dev.stencil.linux.Staging;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The templates that ship, laid out as an area.
 *
 * <p>They are copied beside, synced, and renamed to {@link #READY}, which decides; then each distribution is moved to its
 * place. {@code conf/url.map} says that the area is complete and nobody looks for leftovers again, so it comes last, when
 * {@link #READY} is gone. Killed anywhere, the next call either begins anew or finishes the moves.
 */
final class ShippedTemplates {
    static final String READY = ".shipped-templates";
    private static final String CONF = "conf";

    /** Entries that an area without templates may have. */
    private static final List<String> NO_TEMPLATES = List.of("cache", "stencil", CONF, "lost+found");

    private final Path shipped;

    ShippedTemplates(Path shipped) {
        this.shipped = shipped;
    }

    /** Fills an area that has no templates; one that has some only gets a {@code url.map}, if it has none. */
    void installInto(Path area) throws IOException {
        if (Files.exists(UrlMap.fileOf(area))) {
            return;
        }
        if (!Files.isDirectory(shipped)) {
            throw new NoSuchFileException(
                    shipped.toString(), null, "the shipped templates are missing; is stencil.home right?");
        }
        Files.createDirectories(area);
        removeUnfinished(area);
        Path ready = area.resolve(READY);
        if (!Files.exists(ready)) {
            stage(hasTemplates(area) ? List.of(CONF) : names(shipped), ready);
        }
        moveOut(ready, area);
    }

    private void stage(List<String> names, Path ready) throws IOException {
        try (Staging staging = Staging.beside(ready)) {
            for (String name : names) {
                copyTree(shipped.resolve(name), staging.directory().resolve(name));
            }
            staging.commit();
        }
    }

    private static void moveOut(Path ready, Path area) throws IOException {
        List<String> names = names(ready);
        names.remove(CONF);
        for (String name : names) {
            if (!Files.exists(area.resolve(name))) {
                Files.move(ready.resolve(name), area.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Path map = UrlMap.fileOf(area);
        Files.createDirectories(map.getParent());
        Path emptied = area.resolve(Staging.PREFIX + "emptied");
        Files.move(ready, emptied, StandardCopyOption.ATOMIC_MOVE);
        Path beside = map.resolveSibling(Staging.PREFIX + map.getFileName());
        Files.move(UrlMap.fileOf(emptied), beside, StandardCopyOption.ATOMIC_MOVE);
        delete(area, emptied.getFileName().toString());
        Files.move(beside, map, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean hasTemplates(Path area) throws IOException {
        for (String name : names(area)) {
            if (!name.startsWith(".") && !NO_TEMPLATES.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static void removeUnfinished(Path area) throws IOException {
        for (String name : names(area)) {
            if (name.startsWith(Staging.PREFIX)) {
                delete(area, name);
            }
        }
    }

    private static void delete(Path area, String name) throws IOException {
        try (Root root = Root.open(area)) {
            root.deleteTree(name);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        }
        names.sort(null);
        return names;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : tree.toList()) {
                Path target = to.resolve(from.relativize(source));
                Files.copy(source, target);
                FileModes.normalise(target);
            }
        }
    }
}
