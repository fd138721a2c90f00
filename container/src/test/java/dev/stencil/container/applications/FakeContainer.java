package dev.stencil.container.applications;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.packages.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A container of two directories; programs inside are only noted. */
final class FakeContainer implements ContainerAccess {
    final List<String> calls;
    final Path home;
    State state = State.RUNNING;
    List<String> applications = List.of();
    int scriptStatus;

    FakeContainer(Path home, List<String> calls) {
        this.home = home;
        this.calls = calls;
    }

    @Override
    public String id() {
        return "101";
    }

    @Override
    public State state() {
        return state;
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
        return home.resolve("root");
    }

    @Override
    public Path area() {
        return home;
    }

    @Override
    public Path templates() {
        return home.resolve("templates");
    }

    @Override
    public Target inside() {
        return new Target() {
            @Override
            public Path root() {
                return FakeContainer.this.root();
            }

            @Override
            public int idShift() {
                return 0;
            }

            @Override
            public Finished run(Program program) {
                calls.add("inside " + program.argv().getFirst());
                return new Finished(program, scriptStatus, false, new byte[0], "words of the script", Duration.ZERO);
            }
        };
    }

    @Override
    public Hold lock(String doing) {
        calls.add("lock " + doing);
        return () -> calls.add("unlock");
    }

    @Override
    public Hold mounted() {
        calls.add("mount");
        return () -> calls.add("unmount");
    }

    @Override
    public void saveApplications(List<String> names) {
        applications = List.copyOf(names);
        calls.add("templates " + String.join(" ", names));
    }
}
