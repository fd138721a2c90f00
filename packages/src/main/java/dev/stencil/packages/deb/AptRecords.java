package dev.stencil.packages.deb;

import dev.stencil.linux.Finished;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The records that apt's lists have of given files. */
final class AptRecords {
    private AptRecords() {}

    /**
     * By digest, which tells builds of one version in two repositories apart. Files that the lists do not describe any more
     * are not in it.
     */
    static Map<String, Paragraph> byDigest(AptState state, List<PackageFile> files) {
        if (files.isEmpty()) {
            return Map.of();
        }
        SortedSet<String> words = new TreeSet<>();
        files.forEach(file -> words.add(word(file.name(), state.source().arch().debianName())));
        // Names without versions give the records of all there are. apt complains when one is gone, and shows the
        // others.
        Finished done = state.run(state.apt("apt-cache", "show").args(List.copyOf(words)));
        Map<String, Paragraph> records = new HashMap<>();
        for (Paragraph paragraph : Paragraph.parseAll(done.text())) {
            paragraph.get("SHA256").ifPresent(digest -> records.put(digest, paragraph));
        }
        return records;
    }

    /** Packages of another architecture have to be asked for by it. */
    private static String word(PackageName name, String nativeArch) {
        boolean isForeign = !name.arch().equals("all") && !name.arch().equals(nativeArch);
        return isForeign ? name.name() + ":" + name.arch() : name.name();
    }
}
