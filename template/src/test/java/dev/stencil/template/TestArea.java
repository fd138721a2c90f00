package dev.stencil.template;

import dev.stencil.host.Arch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Builds template areas for tests. */
final class TestArea {
    private final Path directory;

    TestArea(Path directory) {
        this.directory = directory;
    }

    TemplateArea open() {
        return TemplateArea.open(directory, Arch.X86_64);
    }

    /** A base OS template with the two files that make it one. */
    TestArea base(String osName, String osVersion, String arch) {
        String directory = os(osName, osVersion, arch, "default");
        return file(directory + "/packages", "bash\n").file(directory + "/package_manager", "dpkgx64\n");
    }

    TestArea set(String osName, String osVersion, String arch, String set) {
        return file(os(osName, osVersion, arch, set) + "/packages", "bash\n");
    }

    TestArea app(String osName, String osVersion, String arch, String app, String set) {
        return file(app(osName, osVersion, arch) + "/" + app + "/" + set + "/packages", app + "\n");
    }

    TestArea file(String path, String content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    TestArea directory(String path) {
        try {
            Files.createDirectories(directory.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    TestArea script(String path) {
        file(path, "#!/bin/sh\n");
        try {
            Files.setPosixFilePermissions(directory.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Path path(String path) {
        return directory.resolve(path);
    }

    static String os(String osName, String osVersion, String arch, String set) {
        return osName + "/" + osVersion + "/" + arch + "/config/os/" + set;
    }

    static String app(String osName, String osVersion, String arch) {
        return osName + "/" + osVersion + "/" + arch + "/config/app";
    }
}
