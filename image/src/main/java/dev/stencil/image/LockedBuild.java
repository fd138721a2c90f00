package dev.stencil.image;

import dev.stencil.host.Progress;
import dev.stencil.image.cleaning.ClockNormalisation;
import dev.stencil.image.lock.LockedPlan;
import dev.stencil.packages.BuildStage;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PathConflict;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.LockClosure;
import java.io.IOException;
import java.util.List;

/**
 * Makes the layers of a lock whose packages were fetched: those of the OS template, as in its own cache, and where the lock
 * names applications one more upon them, in which these are installed. Nobody chooses anything (spec conary 9.1, R-1).
 */
final class LockedBuild {
    private final CacheTools tools;
    private final CacheSubject subject;
    private final LockedPlan plan;
    private final Progress progress;

    /** @param subject what the lock of {@code plan} is of, its applications in the lock's order */
    LockedBuild(CacheTools tools, CacheSubject subject, LockedPlan plan, Progress progress) {
        this.tools = tools;
        this.subject = subject;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Puts all layers into {@code draft}, which the caller commits, or closes and nothing has changed.
     *
     * @throws dev.stencil.host.StencilException {@code LOCK_NOT_CLOSED} telling how both came in, when two packages bring the
     *     same path
     */
    void addLayers(GenerationDraft draft) throws IOException {
        draft.madeFrom(plan.lock());
        addSystem(draft);
        if (!subject.applications().isEmpty()) {
            addApplications(draft);
        }
    }

    private void addSystem(GenerationDraft draft) throws IOException {
        CacheSubject system = CacheSubject.of(subject.template());
        PackageSource source = tools.sources().of(system.template(), List.of());
        PackageManager manager = tools.managers().of(system.template().packageManagerType());
        var workshop = new LayerWorkshop(tools.area(), tools.layers(), new ClockNormalisation(), progress);
        Resolution packages = plan.ofSystem();
        List<BuildStage> stages = StageCut.of(packages.install(), plan::stage);
        new CacheBuild(system, source, manager, tools.scripts(), workshop, progress)
                .addLayers(draft, packages, stages, plan.clock());
    }

    private void addApplications(GenerationDraft draft) throws IOException {
        Resolution packages = plan.ofApplications();
        var change = StackChange.installExactly(subject.applications(), packages.install());
        var build = new StackedBuild(tools, subject, change, plan.clock(), progress);
        try {
            build.addLayer(draft, build.plan(draft).withAutomatic(packages.automatic()));
        } catch (PathConflict conflict) {
            throw LockClosure.explained(plan.lock(), conflict);
        }
    }
}
