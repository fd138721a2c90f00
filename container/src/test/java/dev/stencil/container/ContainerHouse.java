package dev.stencil.container;

import dev.stencil.container.config.ContainerConfigs;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.SettingsChange;
import dev.stencil.container.engine.Engine;
import dev.stencil.host.Digest;
import dev.stencil.host.HostLayout;
import dev.stencil.host.VzConf;
import dev.stencil.image.CacheSubject;
import dev.stencil.image.GenerationStore;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.linux.HostPrograms;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A whole installation below a directory: one template with one cached layer, and the services on it. */
public final class ContainerHouse {
    public static final String TEMPLATE = "tiny-1-x86_64";

    private final HostLayout layout;
    private final Engine engine;
    private final LayerStore layers;
    private CacheSource caches = (request, progress) -> {
        throw new AssertionError("no cache should be made: " + request);
    };

    public ContainerHouse(Path directory, Engine engine) throws IOException {
        this.layout = new HostLayout(directory);
        this.engine = engine;
        this.layers = new LayerStore(area());
        write(
                "/etc/vz/vz.conf",
                """
                LOCKDIR=/vz/lock
                TEMPLATE=/vz/template
                VE_ROOT=/vz/root/$VEID
                VE_PRIVATE=/vz/private/$VEID
                CONFIGFILE=basic
                DEF_OSTEMPLATE=".%s"
                """
                        .formatted(TEMPLATE));
        write("/etc/vz/conf/ve-basic.conf-sample", "PHYSPAGES=\"65536:65536\"\nIP_ADDRESS=\"0.0.0.0\"\n");
        write("/vz/template/tiny/1/x86_64/config/os/default/packages", "base-files\n");
        write("/vz/template/tiny/1/x86_64/config/os/default/package_manager", "dpkgx64\n");
        write("/vz/template/tiny/1/x86_64/config/os/default/distribution", "debian\n");
    }

    public HostLayout layout() {
        return layout;
    }

    public Path path(String configured) {
        return layout.at(configured);
    }

    public void cachesFrom(CacheSource source) {
        caches = source;
    }

    /** Commits a generation whose one layer is {@code tree}. */
    public void cache(Path tree) throws IOException {
        Path files = cache();
        Files.delete(files.resolve("etc/hosts"));
        Files.delete(files.resolve("etc"));
        Files.delete(files);
        Files.createSymbolicLink(files, tree);
    }

    /** Commits a generation whose one layer holds {@code etc/hosts}, and returns the layer's tree. */
    public Path cache() throws IOException {
        Digest digest = Digest.of("layer".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String layer = "/vz/template/stencil/layers/" + digest;
        write(layer + "/fs/etc/hosts", "127.0.0.1 localhost\n");
        write(layer + "/layer.toml", "");
        String generation = "/vz/template/stencil/caches/" + TEMPLATE + "/0001";
        write(generation + "/layers", digest + "\n");
        write(generation + "/generation.toml", "");
        write(generation + "/lock", "the lock\n");
        write(generation + "/templates/vzpackages", " base-files amd64 12\n");
        write(generation + "/templates/" + TEMPLATE + "/timestamp", "");
        Path current = path("/vz/template/stencil/caches/" + TEMPLATE + "/current");
        if (!Files.isSymbolicLink(current)) {
            Files.createSymbolicLink(current, Path.of("0001"));
        }
        return path(layer + "/fs");
    }

    /** Commits a generation with one application in a layer of its own. */
    public void appcache(String application) throws IOException {
        Digest below = Digest.of("layer".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Digest above = Digest.of(application.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        write("/vz/template/stencil/layers/" + above + "/fs/etc/" + application, "");
        TemplateArea templates = TemplateArea.open(layout, VzConf.read(layout));
        OsTemplate template = templates.require(TEMPLATE);
        String name = new CacheSubject(template, List.of(templates.requireApplication(template, application))).name();
        String generation = "/vz/template/stencil/caches/" + name + "/0001";
        write(generation + "/layers", below + "\n" + above + "\n");
        write(generation + "/applications", application + "\n");
        write(generation + "/generation.toml", "");
        write(generation + "/templates/vzpackages", " base-files amd64 12\n");
        write(generation + "/templates/" + TEMPLATE + "/timestamp", "");
        write(generation + "/templates/" + application + "/timestamp", "");
        Files.createSymbolicLink(path("/vz/template/stencil/caches/" + name + "/current"), Path.of("0001"));
    }

    /** Services as one command has them; each call stands for another process. */
    public ContainerService service() {
        VzConf conf = VzConf.read(layout);
        var configs = new ContainerConfigs(layout, conf);
        var generations = new GenerationSource(
                new GenerationStore(area(), layers), layers, (request, progress) -> caches.create(request, progress));
        var sources = new ContainerService.Sources(TemplateArea.open(layout, conf), generations, layers);
        return new ContainerService(
                layout,
                new Containers(layout, configs, engine),
                new ContainerLocks(conf.lockDirectory()),
                engine,
                sources,
                new HostPrograms());
    }

    public CreateContainerRequest request(String id) {
        return new CreateContainerRequest(
                ContainerId.parse(id),
                Optional.empty(),
                Optional.empty(),
                CreateContainerRequest.Profile.DEFAULT,
                CreateContainerRequest.Places.DEFAULT,
                SettingsChange.NONE);
    }

    public void write(String configured, String text) throws IOException {
        Path file = path(configured);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CacheArea area() {
        return new CacheArea(layout.at("/vz/template"));
    }
}
