package dev.stencil.container.applications;

import dev.stencil.host.Progress;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A directory that plays a running container: programs inside are run by chroot. */
final class ChrootContainer implements ContainerAccess {
    private final Path root;
    private final Path templates;
    List<String> applications = List.of();

    ChrootContainer(Path root, Path templates) {
        this.root = root;
        this.templates = templates;
    }

    @Override
    public String id() {
        return "401";
    }

    @Override
    public State state() {
        return State.RUNNING;
    }

    @Override
    public Optional<String> osTemplate() {
        return Optional.of("tiny-1-x86_64");
    }

    @Override
    public List<String> applications() {
        return applications;
    }

    @Override
    public List<String> excludes() {
        return List.of();
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public Path area() {
        return root.resolveSibling(".");
    }

    @Override
    public Path templates() {
        return templates;
    }

    @Override
    public Target inside() {
        return new Target() {
            @Override
            public Path root() {
                return root;
            }

            @Override
            public int idShift() {
                return 0;
            }

            @Override
            public Finished run(Program program) throws IOException {
                Program chroot = Program.of("chroot", root.toString())
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
        return Hold.NOTHING;
    }

    @Override
    public void saveApplications(List<String> names) {
        applications = List.copyOf(names);
    }

    @Override
    public Map<String, Optional<String>> settings(Set<String> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void saveSettings(Map<String, Optional<String>> changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stop(Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start(Progress progress) {
        throw new UnsupportedOperationException();
    }
}
