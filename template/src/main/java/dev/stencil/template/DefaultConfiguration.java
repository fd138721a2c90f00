package dev.stencil.template;

import dev.stencil.host.HostLayout;
import dev.stencil.linux.Errno;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The configuration files that ship, below {@code etc/}. */
final class DefaultConfiguration {
    private final HostLayout layout;
    private final Path shipped;

    DefaultConfiguration(HostLayout layout, Path shipped) {
        this.layout = layout;
        this.shipped = shipped;
    }

    /** Copies each file whose place is free; vz.conf last, because its presence says that the others were put there. */
    void install() throws IOException {
        Path vzConf = layout.vzConf();
        for (Path file : files()) {
            Path target = target(file);
            if (!target.equals(vzConf)) {
                putIfMissing(file, target);
            }
        }
        putIfMissing(shipped.resolve("vz").resolve("vz.conf"), vzConf);
    }

    /** {@code /etc/vztt/url.map} leads to the map of the template area, for the reader's convenience (spec vzpkg 2.1). */
    void linkUrlMap(Path map) throws IOException {
        Path link = layout.at("/etc/vztt/url.map");
        if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Path directory = Files.createDirectories(link.resolveSibling(""));
            Files.createSymbolicLink(link, directory.relativize(map));
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(shipped)) {
            throw new NoSuchFileException(
                    shipped.toString(), null, "the shipped configuration is missing; is stencil.home right?");
        }
        try (Stream<Path> tree = Files.walk(shipped)) {
            return new ArrayList<>(tree.filter(Files::isRegularFile).sorted().toList());
        }
    }

    private Path target(Path file) {
        return layout.at("/etc/" + shipped.relativize(file));
    }

    private static void putIfMissing(Path file, Path target) throws IOException {
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(target.getParent());
        Path beside = target.resolveSibling(Staging.PREFIX + target.getFileName());
        Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
        FileModes.normalise(beside);
        FileModes.sync(beside);
        try {
            Kernel.renameat2(
                    Kernel.AT_FDCWD, beside.toString(), Kernel.AT_FDCWD, target.toString(), Kernel.RENAME_NOREPLACE);
        } catch (Errno failed) {
            Files.delete(beside);
            if (failed.number() != Errno.EEXIST) {
                throw failed;
            }
        }
    }
}
