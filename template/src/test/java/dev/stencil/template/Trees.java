package dev.stencil.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Describes a directory tree, so that two can be compared. */
final class Trees {
    private Trees() {}

    /** By relative path: kind, mode, and content or target. */
    static SortedMap<String, String> describe(Path directory) throws IOException {
        SortedMap<String, String> entries = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.toList()) {
                entries.put(directory.relativize(path).toString(), entry(path));
            }
        }
        return entries;
    }

    private static String entry(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link " + Files.readSymbolicLink(path);
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        return Files.isDirectory(path)
                ? "directory " + mode
                : "file " + mode + " " + java.util.Arrays.hashCode(Files.readAllBytes(path));
    }
}
