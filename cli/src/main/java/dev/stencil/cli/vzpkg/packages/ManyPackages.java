package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.vzpkg.many.ManyPage;
import dev.stencil.cli.vzpkg.many.ManyRun;
import dev.stencil.container.applications.ContainerPackages;
import dev.stencil.container.applications.PackageChanges;
import dev.stencil.container.applications.PackageOptions;
import dev.stencil.container.many.Candidate;
import dev.stencil.container.many.Outcome;
import dev.stencil.container.many.SafeChanges;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** A change of packages in many containers: lists are fetched once for all, a container that fails is as it was before. */
final class ManyPackages {
    private final ManyRun run;
    private final Arguments arguments;
    private final Output out;

    ManyPackages(Stencil stencil, Arguments arguments, Output out) {
        this.run = new ManyRun(stencil, arguments, out);
        this.arguments = arguments;
        this.out = out;
    }

    /** A change of one container. */
    @FunctionalInterface
    interface Change {
        PackageChanges of(
                ContainerPackages services,
                String container,
                List<String> names,
                PackageOptions options,
                Progress progress);
    }

    /**
     * Carries {@code change} out in each container.
     *
     * @param arrivals what packages that came are called
     * @param templates application templates that are to be added
     * @param alongLocks whether a container's lock, where there is one, says what comes
     */
    int run(Change change, String arrivals, List<String> templates, boolean alongLocks) {
        PackageOptions options = PackageFlags.options(arguments);
        List<Candidate> containers = run.containers(!options.checkOnly());
        List<String> taking = containers.stream()
                .filter(one -> one.obstacle().isEmpty())
                .map(Candidate::id)
                .toList();
        Map<String, StencilException> unread =
                run.services().lists().refresh(taking, templates, alongLocks, options, out.progress());
        PackageOptions fetched =
                options.freshness() == Freshness.ALWAYS ? options.with(Freshness.WHEN_EXPIRED) : options;
        var changes = new SafeChanges(run.services(), options.takeLocks());
        List<String> names = arguments.names();
        return run.run(
                containers,
                (container, progress) -> {
                    StencilException failure = unread.get(container);
                    return failure == null
                            ? changes.run(
                                    container,
                                    () -> change.of(run.services(), container, names, fetched, progress),
                                    progress)
                            : new Outcome.Failed<>(failure, new Outcome.Undoing.NothingChanged());
                },
                new Page(arrivals));
    }

    private record Page(String arrivals) implements ManyPage<PackageChanges> {
        @Override
        public List<String> headings() {
            return List.of(arrivals.toUpperCase(java.util.Locale.ROOT), "REMOVED");
        }

        @Override
        public List<String> cells(PackageChanges changes) {
            return List.of(
                    String.valueOf(changes.added().size()),
                    String.valueOf(changes.removed().size()));
        }

        @Override
        public void write(PackageChanges changes, JsonGenerator json) {
            ChangesPage.writeLists(changes, arrivals, json);
        }
    }
}
