package dev.stencil.image;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.host.Progress;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.tree.LayeredTree;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Three templates that begin alike, each stage worth a layer: {@code minimal} is {@code packages_0}, the base adds
 * {@code packages_1} and one package, {@code lamp} another one. Every package makes a system user, which gets the next number.
 */
final class StagedWorld implements AutoCloseable {
    static final String MINIMAL = "tiny-1-x86_64-minimal";
    static final String BASE = "tiny-1-x86_64";
    static final String LAMP = "tiny-1-x86_64-lamp";

    private static final int A_STAGE = 12;

    final TinyRepository repository;
    private final Path directory;
    private final List<TinyHost> hosts = new ArrayList<>();
    private final List<LayeredTree> trees = new ArrayList<>();

    private StagedWorld(Path directory, TinyRepository repository) {
        this.directory = directory;
        this.repository = repository;
    }

    static StagedWorld in(Path directory) throws IOException {
        // apt drops its privileges to read the archive.
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        var repository = TinyRepository.in(directory.resolve("archive")).addBase();
        for (int i = 0; i < A_STAGE; i++) {
            repository.add(withUser("first" + i));
            repository.add(withUser("second" + i).depends("first" + i));
        }
        repository.add(withUser("third").depends("second3"));
        repository.add(withUser("web").depends("second1"));
        repository.publish();
        return new StagedWorld(directory, repository);
    }

    static TinyPackage withUser(String name) {
        return TinyPackage.named(name)
                .depends("tiny-base")
                .file("/usr/share/common/" + name, name + "\n")
                .script(
                        "postinst",
                        "n=$(wc -l < /etc/passwd)\necho " + name + ":x:$n:$n::/nonexistent:/bin/false >> /etc/passwd");
    }

    /** Another host with the three templates, nothing cached. */
    TinyHost host(String name) throws IOException {
        var host = TinyHost.in(directory.resolve(name), repository.record(), repository.keyring(), "third");
        host.os("packages_0", words("first"));
        host.os("packages_1", words("second"));
        host.set("minimal", "packages", "first0\n");
        host.set("minimal", "packages_1", "first0\n");
        host.set("lamp", "packages", "third web\n");
        hosts.add(host);
        return host;
    }

    private static String words(String stem) {
        var words = new StringBuilder();
        for (int i = 0; i < A_STAGE; i++) {
            words.append(stem).append(i).append(' ');
        }
        return words.append('\n').toString();
    }

    static CacheResult create(TinyHost host, String template) {
        var request = new UpdateCacheRequest(template, TinyWorld.ALWAYS_FRESH);
        return TinyWorld.caches(host.root()).update(request, Progress.NONE);
    }

    static CacheArea area(TinyHost host) {
        return new CacheArea(host.root().resolve("vz/template"));
    }

    static Generation current(TinyHost host, String template) {
        var layers = new LayerStore(area(host));
        return new GenerationStore(area(host), layers).current(template).orElseThrow();
    }

    /** The cache of {@code template} as one tree, to be read until this is closed. */
    Path tree(TinyHost host, String template) throws IOException {
        LayeredTree tree = LayeredTree.open(current(host, template).trees());
        trees.add(tree);
        return tree.root();
    }

    @Override
    public void close() throws IOException {
        trees.forEach(LayeredTree::close);
        Mounts.detachBelow(directory);
        for (TinyHost host : hosts) {
            try (Root root = Root.open(host.root())) {
                root.deleteTree("vz");
            }
        }
    }
}
