package dev.stencil.container.templates;

import dev.stencil.host.HostLayout;
import dev.stencil.linux.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One of the two kinds of packages that templates come in, and how its tool is called for this host. The family of the host's
 * own packages works on the host's database and minds dependencies. Packages of the other one are recorded in a database
 * below {@code /var/lib/stencil}, which knows nothing else and so cannot (decision 0091).
 */
enum PackageFamily {
    DEB(".deb"),
    RPM(".rpm");

    private static final List<String> RPM_DATABASES = List.of("usr/lib/sysimage/rpm", "var/lib/rpm");
    private static final List<String> RPM_FILES = List.of("rpmdb.sqlite", "Packages.db", "Packages");

    private final String suffix;

    PackageFamily(String suffix) {
        this.suffix = suffix;
    }

    static Optional<PackageFamily> of(Path file) {
        for (PackageFamily family : values()) {
            if (file.toString().endsWith(family.suffix)) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    /** Whether the host's own packages are of this family. */
    boolean isOf(HostLayout layout) {
        boolean isDebian = Files.exists(layout.at("/var/lib/dpkg/status"));
        return this == DEB ? isDebian : !isDebian && rpmDatabase(layout).isPresent();
    }

    private static Optional<Path> rpmDatabase(HostLayout layout) {
        for (String directory : RPM_DATABASES) {
            Path database = layout.root().resolve(directory);
            if (RPM_FILES.stream().anyMatch(file -> Files.exists(database.resolve(file)))) {
                return Optional.of(database);
            }
        }
        return Optional.empty();
    }

    /** Where the packages are recorded when they are not of the host's own family. */
    Path ownDatabase(HostLayout layout) {
        return layout.at("/var/lib/stencil").resolve(this == DEB ? "dpkg" : "rpm");
    }

    /** The tool, told which root and which database it works on. */
    Program tool(HostLayout layout) {
        return switch (this) {
            case DEB -> {
                Path database = isOf(layout) ? layout.at("/var/lib/dpkg") : ownDatabase(layout);
                yield Program.of("dpkg", "--admindir=" + database, "--instdir=" + layout.root(), "--log=/dev/null");
            }
            case RPM -> {
                Program rpm = Program.of("rpm");
                if (!layout.isHost()) {
                    rpm = rpm.args("--root", layout.root().toString());
                }
                yield isOf(layout) ? rpm : rpm.args("--dbpath", layout.configured(ownDatabase(layout)));
            }
        };
    }

    /** Lists what a package file brings, one absolute path somewhere in each line. */
    Program contents(Path file) {
        return switch (this) {
            case DEB -> Program.of("dpkg-deb", "--contents", file.toString());
            case RPM -> Program.of("rpm", "-qpl", "--nosignature", file.toString());
        };
    }

    /** The path in a line of {@link #contents}. */
    static String path(String line) {
        int dot = line.indexOf(" ./");
        return dot < 0 ? line.strip() : line.substring(dot + 2);
    }
}
