package dev.stencil.packages.rpm;

import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Root;
import dev.stencil.linux.oci.OciMount;
import dev.stencil.linux.oci.Sandbox;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.BuildStage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Sandboxes;
import dev.stencil.packages.tools.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Makes roots from nothing: the tools' rpm installs from outside, stage by stage, and what is left the root does itself. */
final class RpmRoots {
    private final Tools host;
    private final PackageStore store;
    private final Sandboxes sandboxes;

    RpmRoots(Tools host, PackageStore store, Sandboxes sandboxes) {
        this.host = host;
        this.store = store;
        this.sandboxes = sandboxes;
    }

    void install(PackageSource source, Path path, BuildStage stage, BuildHooks hooks, Progress progress) {
        try (Root root = Root.open(path);
                RpmTools tools = RpmTools.make(host.tree(), path, store.directory());
                Sandbox outside = sandboxes.open(tools.directory(), hooks.clock(), tools::in)) {
            progress.stage("Installing packages: stage " + stage.number());
            var watch = new RpmRun.Watch(host, path, source.patience().script());
            var builder = new RpmRootBuilder(
                    root,
                    RpmRun.unattended(outside, source.environment(), watch),
                    file -> below(RpmTools.PACKAGES, file),
                    store::path);
            try (Progress.Task task =
                    progress.task("Installing packages", stage.packages().size(), Progress.Unit.ITEMS)) {
                if (stage.isFirst()) {
                    builder.begin();
                    hooks.beforePackages(path);
                }
                builder.install(stage.packages(), task);
            }
            if (stage.isFirst()) {
                try (Sandbox inside = sandboxes.open(path, hooks.clock())) {
                    hooks.afterBootstrap(path, inside);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw RpmFailure.in(path, e);
        } catch (StencilException e) {
            throw RpmFailure.told(path, e);
        }
    }

    /** What comes behind the last stage: the root's own database, where it keeps another, and scripts that may ask it. */
    void finish(Path path, Resolution resolution, BuildHooks hooks) throws IOException {
        writeOwnDatabase(path, resolution, hooks.clock());
        try (Sandbox inside = sandboxes.open(path, hooks.clock())) {
            hooks.afterPackages(path, inside);
        }
    }

    private void writeOwnDatabase(Path path, Resolution resolution, Instant now) throws IOException {
        try (Root root = Root.open(path)) {
            var database = new OwnDatabase(root);
            if (!database.isNeeded()) {
                return;
            }
            database.begin();
            OciMount packages = OciMount.readOnlyBind(store.directory(), OwnDatabase.PACKAGES);
            try (Sandbox inside = sandboxes.open(path, now, options -> options.mount(packages))) {
                database.write(resolution.install(), inside, file -> below(OwnDatabase.PACKAGES, file));
            }
            database.end();
        }
    }

    private Path below(String directory, PackageFile file) {
        return Path.of(directory).resolve(store.directory().relativize(store.path(file)));
    }
}
