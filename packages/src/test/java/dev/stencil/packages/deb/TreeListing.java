package dev.stencil.packages.deb;

import dev.stencil.host.Digest;
import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All that can be compared of a tree: type, mode, owner, device, content, link target, extended attributes, time. */
record TreeListing(Map<String, Entry> entries) {
    /** {@code mtime} is 0 for directories and for what a script made, which has the time of the build. */
    record Entry(String kind, int uid, int gid, String content, String attributes, long mtime) {}

    TreeListing {
        entries = new TreeMap<>(entries);
    }

    static TreeListing of(Path tree) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        try (Root root = Root.open(tree)) {
            addAll(root, "", entries);
        }
        return new TreeListing(entries);
    }

    private static void addAll(Root root, String folder, Map<String, Entry> entries) throws IOException {
        for (String name : root.list(folder.isEmpty() ? "." : folder)) {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            FileStatus status = root.status(path).orElseThrow();
            entries.put(path, entry(root, path, status));
            if (status.isDirectory()) {
                addAll(root, path, entries);
            }
        }
    }

    private static Entry entry(Root root, String path, FileStatus status) throws IOException {
        long now = System.currentTimeMillis() / 1000;
        boolean isOld = status.mtimeSeconds() < now - 6 * 3600;
        return new Entry(
                Integer.toOctalString(status.mode()) + (status.nodeDevice() == 0 ? "" : " " + status.nodeDevice()),
                status.uid(),
                status.gid(),
                content(root, path, status),
                attributes(root.path().resolve(path).toString()),
                isOld && !status.isDirectory() ? status.mtimeSeconds() : 0);
    }

    private static String content(Root root, String path, FileStatus status) throws IOException {
        if (status.isSymlink()) {
            return root.linkTarget(path).orElseThrow();
        }
        return status.isRegular() ? Digest.of(root.read(path).orElseThrow()).hex() : "";
    }

    private static String attributes(String path) throws IOException {
        var text = new StringBuilder();
        for (String name : Kernel.llistxattr(path)) {
            text.append(name).append('=');
            text.append(HexFormat.of().formatHex(Kernel.lgetxattr(path, name).orElse(new byte[0])))
                    .append(' ');
        }
        return text.toString();
    }

    /** Without what any of these globs matches. */
    TreeListing without(String... globs) {
        List<PathMatcher> matchers = new ArrayList<>();
        for (String glob : globs) {
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
        }
        Predicate<String> isLeftOut = path -> matchers.stream().anyMatch(one -> one.matches(Path.of(path)));
        Map<String, Entry> rest = new TreeMap<>(entries);
        rest.keySet().removeIf(isLeftOut);
        return new TreeListing(rest);
    }

    /** One line for each path that is not the same in both. */
    List<String> differencesFrom(TreeListing other) {
        List<String> differences = new ArrayList<>();
        Map<String, Entry> all = new TreeMap<>(other.entries);
        all.putAll(entries);
        for (String path : all.keySet()) {
            Entry mine = entries.get(path);
            Entry others = other.entries.get(path);
            if (!Objects.equals(mine, others)) {
                differences.add(path + ": " + mine + " instead of " + others);
            }
        }
        return differences;
    }
}
