package dev.stencil.image;

import dev.stencil.host.HostLayout;
import dev.stencil.host.VzConf;
import dev.stencil.host.VzttConf;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.lock.LockPolicy;
import dev.stencil.image.lock.LockService;
import dev.stencil.linux.HostPrograms;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageSources;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import dev.stencil.template.UrlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

/** A template area with one distribution, {@code tiny-1-x86_64}, below a test's directory. */
public final class TinyArea {
    static final String TINY = "tiny-1-x86_64";

    final HostLayout layout;
    final TemplateArea templates;
    final CacheArea caches;
    final PackageSources sources;

    public TinyArea(Path root) throws IOException {
        layout = new HostLayout(root);
        write(layout.vzConf(), "TEMPLATE=/vz/template\n");
        write(layout.vzttConf(), "");
        templates = TemplateArea.open(layout, VzConf.read(layout));
        caches = new CacheArea(templates.directory());
        sources = new PackageSources(UrlMap.of(templates), VzttConf.read(layout));
        addBase("tiny", "1", "x86_64");
    }

    public void addBase(String name, String version, String arch) throws IOException {
        Path config = layout.at("/vz/template/" + name + "/" + version + "/" + arch + "/config/os/default");
        write(config.resolve("package_manager"), "dpkgx64\n");
        write(config.resolve("packages"), "alpha beta\n");
        write(config.resolve("packages_0"), "zero\n");
        write(config.resolve("repositories"), "http://127.0.0.1/tiny stable main\n");
    }

    /** Locks of these templates, as a host without any setting uses them. */
    public LockService locks(PackageManagers managers) {
        return new LockService(templates, sources, managers, LockPolicy.DEFAULT, new HostPrograms(), Clock.systemUTC());
    }

    public OsTemplate tiny() {
        return templates.require(TINY);
    }

    /** Writes a file of the base template. */
    public Path file(String name, String content) throws IOException {
        return write(tiny().configDirectory().resolve(name), content);
    }

    /** Writes an executable script of the base template. */
    public void script(String name, String text) throws IOException {
        Files.setPosixFilePermissions(file(name, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Writes a file of an application template. */
    public void application(String name, String file, String content) throws IOException {
        write(layout.at("/vz/template/tiny/1/x86_64/config/app/" + name + "/default/" + file), content);
    }

    /** Writes an executable script of an application template. */
    public void applicationScript(String name, String script, String text) throws IOException {
        application(name, script, text);
        Files.setPosixFilePermissions(
                layout.at("/vz/template/tiny/1/x86_64/config/app/" + name + "/default/" + script),
                PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
