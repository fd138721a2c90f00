package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.vzpkg.many.ManyPage;
import dev.stencil.cli.vzpkg.many.ManyRun;
import dev.stencil.container.applications.PackageOptions;
import dev.stencil.container.many.Candidate;
import dev.stencil.container.many.Outcome;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** {@code vzpkg status} of many containers, whatever their state; those that are not mounted are mounted for the look. */
final class ManyStatus implements ManyPage<ContainerStatusPage> {
    private ManyStatus() {}

    static int run(Stencil stencil, Arguments arguments, Output out) {
        if (!arguments.operands().isEmpty()) {
            throw new StencilException(
                    Fault.USAGE, "With --all, --match or --ct no operands are needed: put containers behind --ct.");
        }
        var run = new ManyRun(stencil, arguments, out);
        Freshness freshness = PackageFlags.freshness(arguments);
        var options = new PackageOptions(freshness, true, false, !arguments.flag("--skiplock"));
        List<Candidate> containers = run.containers(false);
        List<String> ids = containers.stream().map(Candidate::id).toList();
        Map<String, StencilException> unread =
                run.services().lists().refresh(ids, List.of(), true, options, out.progress());
        Freshness fetched = freshness == Freshness.ALWAYS ? Freshness.WHEN_EXPIRED : freshness;
        return run.run(
                containers,
                (container, progress) -> {
                    StencilException failure = unread.get(container);
                    if (failure != null) {
                        return new Outcome.Failed<>(failure, new Outcome.Undoing.NothingChanged());
                    }
                    return new Outcome.Done<>(ContainerStatusPage.of(run.services(), container, fetched, progress));
                },
                new ManyStatus());
    }

    @Override
    public List<String> headings() {
        return List.of("STATE", "BEHIND", "DRIFTED");
    }

    @Override
    public List<String> cells(ContainerStatusPage page) {
        return List.of(
                page.state(),
                String.valueOf(page.behind().size()),
                String.valueOf(page.drifted().size()));
    }

    @Override
    public void write(ContainerStatusPage page, JsonGenerator json) {
        page.writeState(json);
    }

    @Override
    public int code(ContainerStatusPage page) {
        return page.code();
    }
}
