package dev.stencil.packages.rpm;

import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;

/**
 * Words of rpm package lists: {@code name}, {@code name.arch}, {@code name-ver}, {@code name-ver-rel},
 * {@code name-ver-rel.arch}, {@code epoch:name-ver-rel.arch}. An epoch other than 0 must be the installed one. Source: spec
 * vzpkg 2.4.
 */
public final class RpmMatch implements PackageMatch {
    /** The rule of the family. */
    public static final PackageMatch RULE = new RpmMatch();

    private RpmMatch() {}

    @Override
    public boolean matches(String word, PackageName installed) {
        String name = installed.name();
        if (word.equals(name)) {
            return true;
        }
        if (!word.contains(name)) {
            return false; // as nearly all are; the rest takes ten times as long
        }
        RpmVersion version = RpmVersion.parse(installed.version());
        String wanted = word;
        int colon = word.indexOf(':');
        if (colon > 0 && word.substring(0, colon).chars().allMatch(c -> c >= '0' && c <= '9')) {
            String epoch = word.substring(0, colon);
            if (!epoch.equals("0") && !epoch.equals(version.epoch())) {
                return false;
            }
            wanted = word.substring(colon + 1);
        }
        String withVersion = name + "-" + version.version();
        String withRelease = withVersion + "-" + version.release();
        return wanted.equals(name)
                || wanted.equals(name + "." + installed.arch())
                || wanted.equals(withVersion)
                || wanted.equals(withRelease)
                || wanted.equals(withRelease + "." + installed.arch());
    }

    @Override
    public String exactly(String word, PackageName installed) {
        return exactly(installed);
    }

    /** The word by which rpm finds exactly this package: {@code name-ver-rel.arch}. */
    static String exactly(PackageName installed) {
        RpmVersion version = RpmVersion.parse(installed.version());
        return installed.name() + "-" + version.version() + "-" + version.release() + "." + installed.arch();
    }
}
