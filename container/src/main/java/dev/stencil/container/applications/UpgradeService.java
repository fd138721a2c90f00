package dev.stencil.container.applications;

import dev.stencil.container.applications.OperationRecords.Past;
import dev.stencil.container.undo.Operations;
import dev.stencil.container.undo.Operations.OpenOperation;
import dev.stencil.host.Progress;
import dev.stencil.image.CacheSubject;
import dev.stencil.image.TemplateScripts;
import dev.stencil.image.lock.LockMode;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Vzpackages;
import dev.stencil.packages.lock.Lock;
import dev.stencil.template.Script;
import dev.stencil.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves a running container to the next release of its distribution (spec vzpkg 8.1). The whole step is one operation, which
 * a rollback undoes, whether it succeeded or not; differences to the original: {@code docs/decisions/0087-upgrade.md}.
 */
public final class UpgradeService {
    private final PremisesService premisesService;
    private final PackageDrivers drivers;
    private final TemplateScripts scripts;
    private final TemplateRecords records;
    private final OperationRecords operations;
    private final TemplateLocks locks;
    private final ContainerPackages.Host host;

    UpgradeService(
            PremisesService premisesService,
            PackageDrivers drivers,
            TemplateScripts scripts,
            TemplateRecords records,
            OperationRecords operations,
            TemplateLocks locks,
            ContainerPackages.Host host) {
        this.premisesService = premisesService;
        this.drivers = drivers;
        this.scripts = scripts;
        this.records = records;
        this.operations = operations;
        this.locks = locks;
        this.host = host;
    }

    /**
     * With {@link PackageOptions#checkOnly} it is only found out what would happen.
     *
     * @param packagesOnly {@code -p}: application templates without repositories of their own bring nothing themselves
     * @throws dev.stencil.host.StencilException {@code SYSTEM} when there is no other release, {@code APPLICATION_UNKNOWN}
     *     for an application that it lacks, and what package work and locks throw
     */
    public UpgradeResult upgrade(String nameOrId, boolean packagesOnly, PackageOptions options, Progress progress) {
        Premises former = premisesService.openForChange(nameOrId, PremisesService.Need.RUNNING);
        ReleaseStep step = premisesService.nextRelease(former, options.force(), packagesOnly);
        var work = new Work(step, options, progress);
        work.refresh();
        Optional<Lock> lock =
                locks.toFollow(new CacheSubject(step.target(), step.next().applications()), LockMode.BY_HOST);
        UpgradeResult result;
        try (var _ = PackageOperation.lockContainer(former.container(), options);
                var _ = TemplateLock.shared(step.target(), options)) {
            progress.stage("Upgrading");
            result = options.checkOnly() ? work.check() : work.change();
        }
        lock.ifPresent(one -> progress.note("Lock r" + one.provenance().revision() + " of "
                + step.target().name()
                + " is in force, and the newest packages were taken. Follow it with: vzpkg update "
                + result.container()));
        return result;
    }

    /** One step, with the locks held but for {@link #refresh}. */
    private final class Work {
        private final ReleaseStep step;
        private final PackageOptions options;
        private final Progress progress;
        private final ContainerAccess container;
        private final PackageManager manager;
        private final PackageSource former;
        private final PackageSource source;

        Work(ReleaseStep step, PackageOptions options, Progress progress) {
            this.step = step;
            this.options = options;
            this.progress = progress;
            this.container = step.former().container();
            this.manager = drivers.manager(step.target());
            this.former = drivers.source(step.former(), List.of());
            PackageSource given = drivers.source(step.next(), List.of());
            this.source = given.under(options.applyTo(given.rules()));
        }

        void refresh() {
            TemplateLock.refresh(step.former().operatingSystem(), manager, former, options, progress);
            TemplateLock.refresh(step.target(), manager, source, options, progress);
        }

        UpgradeResult check() {
            List<PackageName> before = installed();
            return UpgradeResult.of(step, before, plan(before));
        }

        UpgradeResult change() {
            operations.repair(step.former(), former, progress);
            List<PackageName> before = installed();
            Resolution plan = plan(before);
            manager.fetch(source, plan, progress);
            tellLosses();
            return host.uninterrupted().run(() -> change(plan, before));
        }

        private void tellLosses() {
            step.dropped()
                    .forEach(name -> progress.note("Application template " + name + " is not there for "
                            + step.target().name() + ": it is dropped, its packages stay"));
            if (container.storage().isEmpty() || host.snapshots().keep() == 0) {
                progress.note("No snapshots are kept: this cannot be undone");
            }
        }

        private UpgradeResult change(Resolution plan, List<PackageName> before) {
            Past past = operations.past(step.former(), before);
            OpenOperation operation =
                    operations.begin(step.former(), "upgrade", past, container.settings(ReleaseStep.settingKeys()));
            try {
                PackageChanges changes = upgradePackages(plan, before);
                // Everything inside runs from the new release's files then.
                container.stop(progress);
                container.saveSettings(step.settings());
                container.start(progress);
                if (runScripts(Script.POST_UPGRADE)) {
                    container.stop(progress);
                    container.start(progress);
                }
                operation.done(ending(past, plan));
                OperationRecords.log(container).sweep(host.programs());
                return UpgradeResult.of(step, before, changes, container.applications());
            } catch (RuntimeException failure) {
                throw operation.failed(failure, () -> ending(past, plan));
            }
        }

        private PackageChanges upgradePackages(Resolution first, List<PackageName> before) {
            var book = new Bookkeeping(container, host.clock());
            Resolution plan = first;
            try {
                if (runScripts(Script.PRE_UPGRADE)) {
                    plan = plan(installed());
                    manager.fetch(source, plan, progress);
                }
                progress.stage("Package manager: upgrading distribution");
                manager.upgrade(former, source, container.inside(), plan, progress);
            } catch (RuntimeException failure) {
                recordPackages(book, failure);
                throw failure;
            }
            List<PackageName> after = installed();
            Vzpackages packages = Vzpackages.of(after);
            book.savePackages(packages);
            // A lock speaks of one release only.
            new LockRecord(container).forget();
            records.renew(step, packages, book);
            return PackageChanges.between(before, after);
        }

        private void recordPackages(Bookkeeping book, RuntimeException failure) {
            try {
                book.savePackages(Vzpackages.of(installed()));
            } catch (RuntimeException second) {
                failure.addSuppressed(second);
            }
        }

        /** It may be down when its start has failed. */
        private Operations.Ending ending(Past past, Resolution plan) {
            try (var _ = container.mounted()) {
                return operations.ending(step.former(), past, plan);
            }
        }

        private boolean runScripts(Script kind) {
            boolean any = false;
            for (Template template : step.scripted()) {
                any |= scripts.runInside(template, kind, container.inside(), progress);
            }
            return any;
        }

        private Resolution plan(List<PackageName> installed) {
            PackageMatch match = drivers.match(step.target());
            List<String> missing = new ArrayList<>(step.packages());
            missing.removeIf(name -> match.first(name, installed).isPresent());
            return manager.resolve(source, container.root(), new PackageRequest.Release(missing));
        }

        private List<PackageName> installed() {
            return PackageChanges.names(manager.installed(container.root()));
        }
    }
}
