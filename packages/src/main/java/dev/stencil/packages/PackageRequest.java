package dev.stencil.packages;

import java.util.List;

/** What is wanted of a package manager; names are passed to it unchanged. */
public sealed interface PackageRequest {
    /** Whether nothing is left to choose, so that the lists of the repositories are not needed. */
    default boolean isDecided() {
        return this instanceof Exactly;
    }

    /** These packages present, newest versions, with what they need. */
    record Install(List<String> names) implements PackageRequest {
        public Install {
            names = List.copyOf(names);
        }
    }

    /** Newer versions of these installed packages; of everything when {@code names} is empty. */
    record Update(List<String> names, boolean mayAddAndRemove) implements PackageRequest {
        public Update {
            names = List.copyOf(names);
        }
    }

    /**
     * Newer versions of everything installed, and these packages present, which may be of a version named here. What newer
     * versions need comes along; nothing is removed.
     */
    record Renew(List<String> names) implements PackageRequest {
        public Renew {
            names = List.copyOf(names);
        }
    }

    /**
     * Everything installed as the repositories of another release have it, and these packages present. What stands in the
     * way of that may go where the family's own tool for the step says so; of dnf only when the rules allow it.
     */
    record Release(List<String> names) implements PackageRequest {
        public Release {
            names = List.copyOf(names);
        }
    }

    /** These packages gone, with those that need them when {@code withDependants}, else refused if there are any. */
    record Remove(List<String> names, boolean withDependants) implements PackageRequest {
        public Remove {
            names = List.copyOf(names);
        }
    }

    /** These package files of the host present, with what they need from the repositories. */
    record InstallFiles(List<java.nio.file.Path> files) implements PackageRequest {
        public InstallFiles {
            files = List.copyOf(files);
        }
    }

    /**
     * These files' packages present, whatever version is there now, and those of {@code remove} gone; nothing else changes and
     * nothing is chosen. Whether the end is consistent is the caller's to know; the family's tool checks it when it is carried
     * out.
     */
    record Exactly(List<PackageFile> files, List<PackageName> remove) implements PackageRequest {
        public Exactly {
            files = List.copyOf(files);
            remove = List.copyOf(remove);
        }
    }
}
