package dev.stencil.cli.vzpkg.many;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.progress.ContainersProgress;
import dev.stencil.container.applications.ContainerPackages;
import dev.stencil.container.many.Candidate;
import dev.stencil.container.many.ChangeGuard;
import dev.stencil.container.many.ManyContainers;
import dev.stencil.container.many.ManyContainers.Limits;
import dev.stencil.container.many.Outcome;
import dev.stencil.host.Progress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs one command on the containers that its options choose, and shows what came of it. */
public final class ManyRun {
    private final Stencil stencil;
    private final Arguments arguments;
    private final Output out;
    private final ChangeGuard guard = new ChangeGuard();
    private final ContainerPackages services;

    public ManyRun(Stencil stencil, Arguments arguments, Output out) {
        this.stencil = stencil;
        this.arguments = arguments;
        this.out = out;
        this.services = stencil.containerPackages(arguments.flag("--skiplock"), guard);
    }

    /** What is done with one container; told through {@code progress} of its own. */
    @FunctionalInterface
    public interface Work<T> {
        Outcome<T> on(String container, Progress progress);
    }

    /** The services that the work is to use: its changes are then never cut short. */
    public ContainerPackages services() {
        return services;
    }

    /**
     * The containers that are meant.
     *
     * @param mustRun whether those that were not named are left out unless they run
     */
    public List<Candidate> containers(boolean mustRun) {
        return ManyFlags.selection(arguments).from(stencil.containerListing().all(), stencil.configs(), mustRun);
    }

    /**
     * Does {@code work} on each; a signal lets what has begun to change finish, then ends the command.
     *
     * @return the exit code
     */
    public <T> int run(List<Candidate> containers, Work<T> work, ManyPage<T> page) {
        Limits limits = ManyFlags.limits(arguments, stencil.vzttConf().jobs());
        return out.uninterrupted(() -> {
            var table = new ManyTable<>(outcomes(containers, limits, work), page);
            table.print(out);
            return table.code();
        });
    }

    private <T> List<Outcome.Of<T>> outcomes(List<Candidate> containers, Limits limits, Work<T> work) {
        try (ContainersProgress shown = out.containersProgress()) {
            var told = new Told<T>(shown);
            return new ManyContainers(limits, guard, out::isInterrupted)
                    .run(containers, one -> work.on(one.id(), told.progressOf(one)), told);
        }
    }

    /** Shows the containers' progress. */
    private record Told<T>(ContainersProgress shown, Map<String, Progress> running)
            implements ManyContainers.Listener<T> {
        Told(ContainersProgress shown) {
            this(shown, new ConcurrentHashMap<>());
        }

        Progress progressOf(Candidate container) {
            return running.getOrDefault(container.id(), Progress.NONE);
        }

        @Override
        public void begun(Candidate container) {
            running.put(container.id(), shown.begun(container.id()));
        }

        @Override
        public void ended(Outcome.Of<T> line) {
            running.remove(line.container().id());
            shown.ended(line.container().id(), line.outcome().word());
        }
    }
}
