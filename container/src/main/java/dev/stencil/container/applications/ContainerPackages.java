package dev.stencil.container.applications;

import dev.stencil.container.undo.Operations;
import dev.stencil.container.undo.SnapshotPolicy;
import dev.stencil.image.TemplateScripts;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.template.TemplateArea;
import java.time.Clock;
import java.util.Map;

/** The services of this package, put together. */
public record ContainerPackages(
        ApplicationService applications,
        PackageService packages,
        ContainerInventory inventory,
        RollbackService rollbacks,
        LockUpdates locks,
        UpgradeService upgrades,
        PackageLists lists) {

    /** On a host without locks. */
    public static ContainerPackages of(
            ContainerFinder containers, TemplateArea area, PackageDrivers drivers, boolean detects, Host host) {
        return of(containers, area, drivers, detects, TemplateLocks.NONE, host);
    }

    /** {@code detects} is {@code APP_TEMPLATE_AUTODETECTION} of vztt.conf. */
    public static ContainerPackages of(
            ContainerFinder containers,
            TemplateArea area,
            PackageDrivers drivers,
            boolean detects,
            TemplateLocks locks,
            Host host) {
        var premises = new PremisesService(containers, area);
        var records = new TemplateRecords(area, drivers, detects);
        var scripts = new TemplateScripts(host.programs(), host.environment());
        var log = new OperationRecords(new Operations(host.snapshots(), host.clock()), drivers);
        var operation = new PackageOperation(drivers, scripts, records, log, host);
        var packages = new PackageService(premises, drivers, operation, records, host.clock());
        var inventory = new ContainerInventory(premises, drivers);
        var lockUpdates = new LockUpdates(premises, drivers, operation, inventory, locks);
        return new ContainerPackages(
                new ApplicationService(premises, drivers, operation),
                packages,
                inventory,
                new RollbackService(premises, drivers, log, packages::exactly, host),
                lockUpdates,
                new UpgradeService(premises, drivers, scripts, records, log, locks, host),
                new PackageLists(premises, drivers, lockUpdates));
    }

    /**
     * What the services use of this host.
     *
     * @param environment that of this process, which template scripts on the host inherit
     * @param uninterrupted for the time from the first script to the last record
     * @param snapshots how much is kept to undo operations
     */
    public record Host(
            ProgramRunner programs,
            Map<String, String> environment,
            Clock clock,
            Uninterrupted uninterrupted,
            SnapshotPolicy snapshots) {
        public Host {
            environment = Map.copyOf(environment);
        }

        /** With the usual snapshots. */
        public Host(ProgramRunner programs, Map<String, String> environment, Clock clock, Uninterrupted uninterrupted) {
            this(programs, environment, clock, uninterrupted, SnapshotPolicy.DEFAULT);
        }
    }
}
