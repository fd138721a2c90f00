package dev.stencil.packages.rpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository on disk out of the lists that dnf has fetched, for other tools to read: its index names only the lists that
 * are there, because dnf leaves out what it has no use for.
 */
final class ListedRepository {
    private static final Pattern LIST = Pattern.compile("<data type=\"[^\"]*\">.*?</data>\\s*", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("<location href=\"repodata/([^\"/]+)\"");

    private ListedRepository() {}

    /** Makes it in {@code directory}, with links to the lists. */
    static void make(RepositoryState repository, Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("repodata"));
        Path lists = repository.index().resolveSibling("");
        Matcher list = LIST.matcher(Files.readString(repository.index()));
        var index = new StringBuilder();
        while (list.find()) {
            Matcher file = FILE.matcher(list.group());
            boolean isThere = file.find() && Files.isRegularFile(lists.resolve(file.group(1)));
            if (isThere) {
                Files.createSymbolicLink(folder.resolve(file.group(1)), lists.resolve(file.group(1)));
            }
            list.appendReplacement(index, isThere ? Matcher.quoteReplacement(list.group()) : "");
        }
        list.appendTail(index);
        Files.writeString(folder.resolve("repomd.xml"), index);
    }
}
