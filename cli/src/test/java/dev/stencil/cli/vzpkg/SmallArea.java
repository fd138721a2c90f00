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

    /** Also with a cache of nginx, an application that may be in none, and samples that name both. */
    SmallArea withAppcache() throws IOException {
        String debian = "vz/template/debian/12/x86_64/config/";
        write(debian + "app/docker/default/packages", "docker.io\n");
        write(debian + "app/docker/default/golden_image", "no\n");
        write("etc/vz/conf/vps.vzpkgtools.conf-sample", "DISKSPACE=\"1:1\"\n");
        write("etc/vz/conf/ve-shop.conf-sample", "OSTEMPLATE=\".debian-12-x86_64\"\nTEMPLATES=\".nginx .docker\"\n");
        write("etc/vz/conf/small.conf", "OSTEMPLATE=\".debian-12-x86_64-minimal\"\nGOLDEN_IMAGE=\"no\"\n");
        String name = "debian-12-x86_64_app_5628a1017537a02d7f96fce152b47d66";
        cache(name, "2026-04-05T06:07:08Z");
        write("vz/template/cache/" + name + ".list", "     nginx\n");
        write("vz/template/cache/gone-1-x86_64_app_0123.list", "     nginx\n");
        return this;
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
