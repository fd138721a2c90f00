package dev.stencil.packages.lock;

import dev.stencil.host.Digest;
import java.util.List;
import java.util.Optional;

/**
 * An archive that is unpacked into the root.
 *
 * @param url before {@code url.map}
 * @param sizeBytes of the archive
 * @param format kind of archive; absent when its content tells
 * @param strip leading parts of each path that are dropped
 * @param root directory of the new root that it is unpacked into
 * @param exclude patterns of paths left out, in the template's order
 */
public record LockedImage(
        String url,
        Digest sha256,
        long sizeBytes,
        Optional<String> format,
        long strip,
        Optional<String> root,
        List<String> exclude) {
    public LockedImage {
        exclude = List.copyOf(exclude);
        LockRules.requireText("url", url);
        LockRules.requireNotNegative("size", sizeBytes);
        LockRules.requireText("format", format);
        LockRules.requireNotNegative("strip", strip);
        LockRules.requireText("root", root);
        LockRules.requireTexts("exclude", exclude);
    }
}
