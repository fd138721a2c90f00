package dev.stencil.packages;

import dev.stencil.linux.Root;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Where files that packages list lie in a root whose {@code /bin} and the like are links into {@code /usr}. */
public final class DiskPaths {
    private final Root root;
    private final Map<String, String> mergedFolders = new HashMap<>();

    public DiskPaths(Root root) {
        this.root = root;
    }

    /** {@code usr/bin/sh} for {@code bin/sh} where {@code /bin} is a link to {@code usr/bin}. */
    public String onDisk(String path) throws IOException {
        int slash = path.indexOf('/');
        if (slash < 0) {
            return path;
        }
        String top = path.substring(0, slash);
        String merged = mergedFolders.get(top);
        if (merged == null) {
            String target = root.linkTarget(top).orElse(top);
            merged = target.equals("usr/" + top) || target.equals("/usr/" + top) ? "usr/" + top : top;
            mergedFolders.put(top, merged);
        }
        return merged + path.substring(slash);
    }
}
