package dev.stencil.packages.deb;

import dev.stencil.linux.TreeWriter.Attributes;
import java.util.List;
import java.util.Map;

/**
 * A package whose files are in the root.
 *
 * @param paths as dpkg lists them, {@code /.} first, in the archive's order
 * @param directories with the attributes the archive gives them, by place in the root
 * @param md5sums text of {@code info/….md5sums} where the package brings none itself, else empty
 */
record UnpackedPackage(DebPackage deb, List<String> paths, Map<String, Attributes> directories, String md5sums) {
    UnpackedPackage {
        paths = List.copyOf(paths);
    }
}
