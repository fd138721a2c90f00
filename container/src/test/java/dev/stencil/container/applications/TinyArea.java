package dev.stencil.container.applications;

import dev.stencil.host.HostLayout;
import dev.stencil.host.VzConf;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A host with one release of the OS template {@code tiny} in its template area; a second one joins it. */
final class TinyArea {
    final HostLayout layout;
    private final Path base;

    /** The release 1. */
    TinyArea(Path root) throws IOException {
        this(root, "1");
    }

    TinyArea(Path root, String version) throws IOException {
        layout = new HostLayout(root);
        base = layout.at("/vz/template/tiny/" + version + "/x86_64/config");
        write(layout.vzConf(), "TEMPLATE=\"/vz/template\"\n");
        write(layout.vzttConf(), "");
        operatingSystem("packages", "bash\n");
        operatingSystem("package_manager", "dpkgx64\n");
        operatingSystem("repositories", "http://tiny.invalid/debian tiny main\n");
    }

    void operatingSystem(String file, String content) throws IOException {
        write(base.resolve("os/default").resolve(file), content);
    }

    void application(String name, String packages) throws IOException {
        write(base.resolve("app").resolve(name).resolve("default/packages"), packages + "\n");
    }

    void applicationFile(String name, String file, String content) throws IOException {
        write(base.resolve("app").resolve(name).resolve("default").resolve(file), content);
    }

    void operatingSystemScript(String script) throws IOException {
        executable(base.resolve("os/default").resolve(script), "");
    }

    void script(String application, String script, String content) throws IOException {
        Path file = base.resolve("app").resolve(application).resolve("default").resolve(script);
        executable(file, content);
    }

    private static void executable(Path file, String content) throws IOException {
        write(file, "#!/bin/sh\n" + content + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    TemplateArea open() {
        return TemplateArea.open(layout, VzConf.read(layout));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
