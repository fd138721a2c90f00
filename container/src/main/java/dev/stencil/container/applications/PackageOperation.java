package dev.stencil.container.applications;

import dev.stencil.container.applications.OperationRecords.Past;
import dev.stencil.container.undo.Operations.OpenOperation;
import dev.stencil.host.Progress;
import dev.stencil.image.TemplateScripts;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Vzpackages;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.Script;
import dev.stencil.template.Template;
import java.util.List;
import java.util.Optional;

/**
 * The order of things in every change of a container's packages: lists brought up to date, locks, plan and fetch, scripts
 * and packages, book-keeping. Source: spec vzpkg 4.7 and 7; packages are fetched before the first script runs, so that a
 * mirror's failure leaves the container as it was.
 */
final class PackageOperation {
    private static final Resolution NOTHING = new Resolution(List.of(), List.of(), List.of(), List.of());

    private final PackageDrivers drivers;
    private final TemplateScripts scripts;
    private final TemplateRecords records;
    private final OperationRecords operations;
    private final ContainerPackages.Host host;
    private final SharedAnswers answers = new SharedAnswers();

    PackageOperation(
            PackageDrivers drivers,
            TemplateScripts scripts,
            TemplateRecords records,
            OperationRecords operations,
            ContainerPackages.Host host) {
        this.drivers = drivers;
        this.scripts = scripts;
        this.records = records;
        this.operations = operations;
        this.host = host;
    }

    /**
     * Carries {@code job} out and records what came of it. When something fails on the way, the packages stay as they
     * are and are recorded so; the container's application templates are then left unchanged.
     */
    PackageChanges run(PackageJob job, PackageOptions options, Progress progress) {
        Premises premises = job.premises();
        OsTemplate template = premises.operatingSystem();
        PackageManager manager = drivers.manager(template);
        PackageSource given = drivers.source(premises, job.repositories());
        PackageSource source = given.under(options.applyTo(given.rules()));
        if (job.lock().isEmpty()) {
            TemplateLock.refresh(template, manager, source, options, progress);
        }
        if (job.wish() instanceof PackageJob.Wish.Always(var request) && !request.isDecided()) {
            manager.expectQuestion(source);
        }
        try (var _ = lockContainer(premises.container(), options);
                var _ = TemplateLock.shared(template, options)) {
            progress.stage(job.title());
            var work = new Work(job, manager, source, progress);
            return options.checkOnly() ? work.check() : work.change();
        }
    }

    static ContainerAccess.Hold lockContainer(ContainerAccess container, PackageOptions options) {
        return options.takeLocks()
                ? container.lock(options.checkOnly() ? "check-updating" : "updating")
                : ContainerAccess.Hold.NOTHING;
    }

    /** One run of {@link #run}, with the locks held. */
    private final class Work {
        private final PackageJob job;
        private final PackageManager manager;
        private final PackageSource source;
        private final Progress progress;
        private final ContainerAccess container;

        Work(PackageJob job, PackageManager manager, PackageSource source, Progress progress) {
            this.job = job;
            this.manager = manager;
            this.source = source;
            this.progress = progress;
            this.container = job.premises().container();
        }

        PackageChanges check() {
            return PackageChanges.of(plan(job.wish().given(this::installed)));
        }

        PackageChanges change() {
            operations.repair(job.premises(), source, progress);
            try (Asked<List<PackageName>> before = Asked.begin(this::installed);
                    Asked<Past> past = Asked.begin(() -> operations.past(job.premises(), before.get()))) {
                Optional<PackageRequest> request = job.wish().given(before);
                Resolution plan = plan(request);
                manager.fetch(source, plan, progress);
                return host.uninterrupted()
                        .run(() -> plan.isEmpty() && job.hasNoEffect()
                                ? recorded(plan, request, before.get())
                                : change(plan, request, past.get()));
            }
        }

        private PackageChanges change(Resolution plan, Optional<PackageRequest> request, Past past) {
            OpenOperation operation = operations.begin(job.premises(), job.command(), past);
            try {
                PackageChanges changes = recorded(plan, request, past.packages());
                operation.done(operations.ending(job.premises(), past, plan));
                OperationRecords.log(container).sweep(host.programs());
                return changes;
            } catch (RuntimeException failure) {
                throw operation.failed(failure, () -> operations.ending(job.premises(), past, plan));
            }
        }

        private PackageChanges recorded(Resolution plan, Optional<PackageRequest> request, List<PackageName> before) {
            var book = new Bookkeeping(container, host.clock());
            Vzpackages recorded = book.packagesOr(before);
            try {
                carryOut(plan, request);
            } catch (RuntimeException failure) {
                recordPackages(recorded, before, book, failure);
                throw failure;
            }
            List<PackageName> after = installed();
            PackageChanges changes = PackageChanges.between(before, after);
            // Taking a template out re-reads the whole database (spec vzpkg 7.3, step 6).
            Vzpackages packages = job.marks().removed().isEmpty()
                    ? recorded.merge(changes.added(), changes.removed())
                    : Vzpackages.of(after);
            book.savePackages(packages);
            job.lock().ifPresent(new LockRecord(container)::save);
            records.update(job.premises(), job.marks(), packages, book);
            return changes;
        }

        private void carryOut(Resolution first, Optional<PackageRequest> request) {
            Resolution plan = first;
            if (runScripts(job.scripts().before())) {
                plan = plan(request);
                manager.fetch(source, plan, progress);
            }
            if (!plan.steps().isEmpty()) {
                manager.apply(source, container.inside(), plan, progress);
            }
            runScripts(job.scripts().after());
        }

        private void recordPackages(
                Vzpackages recorded, List<PackageName> before, Bookkeeping book, RuntimeException failure) {
            try {
                PackageChanges changes = PackageChanges.between(before, installed());
                book.savePackages(recorded.merge(changes.added(), changes.removed()));
            } catch (RuntimeException second) {
                failure.addSuppressed(second);
            }
        }

        private Resolution plan(Optional<PackageRequest> request) {
            return request.map(wanted -> answers.resolve(manager, source, container.root(), wanted))
                    .orElse(NOTHING);
        }

        private List<PackageName> installed() {
            return PackageChanges.names(manager.installed(container.root()));
        }

        private boolean runScripts(List<Script> kinds) {
            boolean any = false;
            for (Script kind : kinds) {
                for (Template template : job.scripts().templates()) {
                    any |= switch (kind.place()) {
                        case HOST -> scripts.runOnHost(template, kind, container.root(), container.id(), progress);
                        case CONTAINER -> scripts.runInside(template, kind, container.inside(), progress);
                    };
                }
            }
            return any;
        }
    }
}
