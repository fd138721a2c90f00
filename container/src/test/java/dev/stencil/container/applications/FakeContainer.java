package dev.stencil.container.applications;

import dev.stencil.host.Progress;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.packages.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A container of two directories; programs inside are only noted. */
final class FakeContainer implements ContainerAccess {
    final List<String> calls;
    final Path home;
    State state = State.RUNNING;
    List<String> applications = List.of();
    final Map<String, String> configuration = new TreeMap<>(Map.of("OSTEMPLATE", ".tiny-1-x86_64"));
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
        return Optional.ofNullable(configuration.get("OSTEMPLATE")).map(name -> name.substring(1));
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

    @Override
    public Map<String, Optional<String>> settings(Set<String> keys) {
        Map<String, Optional<String>> settings = new HashMap<>();
        keys.forEach(key -> settings.put(key, Optional.ofNullable(configuration.get(key))));
        return settings;
    }

    @Override
    public void saveSettings(Map<String, Optional<String>> changes) {
        changes.forEach((key, value) ->
                value.ifPresentOrElse(text -> configuration.put(key, text), () -> configuration.remove(key)));
        calls.add("settings");
    }

    @Override
    public void stop(Progress progress) {
        state = State.DOWN;
        calls.add("stop");
    }

    @Override
    public void start(Progress progress) {
        state = State.RUNNING;
        calls.add("start");
    }
}
