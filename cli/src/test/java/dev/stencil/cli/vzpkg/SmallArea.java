package dev.stencil.cli.vzpkg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** A host with two distributions: one with a set, an application and a cache, one plain. */
final class SmallArea {
    private final Path root;

    SmallArea(Path root) throws IOException {
        this.root = root;
        write("etc/vz/vz.conf", "TEMPLATE=\"/vz/template\"\nLOCKDIR=\"/vz/lock\"\n");
        write("etc/vztt/vztt.conf", "");
        write("etc/vztt/nojquota.conf", "# none\nold-1\n");
        write("vz/template/conf/vztt/url.map", "$MIRROR http://mirror.example.org\n");
        String debian = "vz/template/debian/12/x86_64/config/";
        write(debian + "os/default/packages", "systemd openssh-server\ncron\n");
        write(debian + "os/default/package_manager", "dpkgx64\n");
        write(debian + "os/default/distribution", "debian\n");
        write(debian + "os/default/technologies", "nptl x86_64\n");
        write(debian + "os/default/summary", "Debian 12\n");
        write(debian + "os/default/description", "A server.\nWith two lines.\n");
        write(debian + "os/default/repositories", "$MIRROR/debian bookworm main\n");
        write(debian + "os/minimal/packages", "systemd\n");
        write(debian + "os/minimal/summary", "Debian 12, small\n");
        write(debian + "app/nginx/default/packages", "nginx\n");
        write(debian + "app/nginx/default/summary", "nginx web server\n");
        String old = "vz/template/old/1/x86/config/os/default/";
        write(old + "packages", "base\n");
        write(old + "package_manager", "rpm43x86\n");
        cache("debian-12-x86_64-minimal", "2026-03-04T05:06:07Z");
    }

    private void cache(String template, String when) throws IOException {
        String generation = "vz/template/stencil/caches/" + template + "/0001/";
        write(generation + "generation.toml", "");
        write(generation + "layers", "");
        Files.setLastModifiedTime(root.resolve(generation + "generation.toml"), FileTime.from(Instant.parse(when)));
        Files.createSymbolicLink(root.resolve(generation).resolveSibling("current"), Path.of("0001"));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
