package dev.stencil.container.applications;

import dev.stencil.container.undo.ContainerStorage;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.Progress;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Program;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An overlay that plays a container: programs inside are run by chroot; it "runs" while it is mounted. */
final class OverlayContainer implements ContainerAccess {
    private final Path area;
    private final Path layer;

    /** {@code layer} is the root below; everything else goes into {@code area}, which may be there already. */
    OverlayContainer(Path area, Path layer) throws IOException {
        this.area = area;
        this.layer = layer;
        for (String folder : List.of("fs", "work", "templates", "root")) {
            Files.createDirectories(area.resolve(folder));
        }
        if (Files.notExists(area.resolve("TEMPLATES"))) {
            Files.writeString(area.resolve("TEMPLATES"), "");
            Files.writeString(area.resolve("ve.conf"), "OSTEMPLATE=\".tiny-1-x86_64\"\n");
        }
    }

    @Override
    public Map<String, Optional<String>> settings(Set<String> keys) {
        Map<String, Optional<String>> settings = new HashMap<>();
        keys.forEach(key -> settings.put(key, configuration().nonEmpty(key)));
        return settings;
    }

    @Override
    public void saveSettings(Map<String, Optional<String>> changes) {
        try {
            configuration().with(changes).write(area.resolve("ve.conf"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigFile configuration() {
        try {
            return ConfigFile.read(area.resolve("ve.conf"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop(Progress progress) {
        try {
            stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start(Progress progress) {
        try {
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() throws IOException {
        Mounts.overlay(root(), List.of(layer), area.resolve("fs"), area.resolve("work"));
    }

    void stop() throws IOException {
        if (state() == State.RUNNING) {
            Mounts.unmount(root());
        }
    }

    @Override
    public String id() {
        return "701";
    }

    @Override
    public State state() {
        try {
            return Mounts.isMountPoint(root()) ? State.RUNNING : State.DOWN;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> osTemplate() {
        return settings(Set.of("OSTEMPLATE")).get("OSTEMPLATE").map(name -> name.substring(1));
    }

    @Override
    public List<String> applications() {
        try {
            return Files.readAllLines(area.resolve("TEMPLATES"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void saveApplications(List<String> names) {
        try {
            Files.write(area.resolve("TEMPLATES"), names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> excludes() {
        return List.of();
    }

    @Override
    public Path root() {
        return area.resolve("root");
    }

    @Override
    public Path area() {
        return area;
    }

    @Override
    public Path templates() {
        return area.resolve("templates");
    }

    @Override
    public Target inside() {
        return new Target() {
            @Override
            public Path root() {
                return OverlayContainer.this.root();
            }

            @Override
            public int idShift() {
                return 0;
            }

            @Override
            public Finished run(Program program) throws IOException {
                Program chroot = Program.of("chroot", root().toString())
                        .args(program.argv())
                        .env(program.environment())
                        .output(program.output())
                        .errors(program.errors());
                return new HostPrograms().run(chroot);
            }
        };
    }

    @Override
    public Hold lock(String doing) {
        return Hold.NOTHING;
    }

    @Override
    public Hold mounted() {
        if (state() == State.RUNNING) {
            return Hold.NOTHING;
        }
        try {
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return () -> {
            try {
                stop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public Optional<ContainerStorage> storage() {
        return Optional.of(new Storage());
    }

    /** Nothing of it can be frozen. */
    private final class Storage implements ContainerStorage {
        @Override
        public Path changes() {
            return area.resolve("fs");
        }

        @Override
        public String layers() {
            return layer + "\n";
        }

        @Override
        public Held frozen() {
            return () -> {};
        }

        @Override
        public void release() {}

        @Override
        public Held view(Path tree, Path target) {
            try {
                Mounts.guestView(target, List.of(layer, tree));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return () -> {
                try {
                    Mounts.unmount(target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        }
    }

    /** Waits for programs that a killed command has left running inside. */
    void awaitSilence() throws Exception {
        for (int tries = 0; tries < 300 && isBusy(); tries++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean isBusy() throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (Files.readSymbolicLink(process.resolve("root")).equals(root())) {
                        return true;
                    }
                } catch (IOException gone) {
                    // A process that has ended is not busy.
                }
            }
        }
        return false;
    }
}
