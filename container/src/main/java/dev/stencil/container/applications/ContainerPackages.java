package dev.stencil.container.applications;

import dev.stencil.image.TemplateScripts;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.template.TemplateArea;
import java.time.Clock;
import java.util.Map;

/** The services of this package, put together. */
public record ContainerPackages(
        ApplicationService applications, PackageService packages, ContainerInventory inventory) {

    /** {@code detects} is {@code APP_TEMPLATE_AUTODETECTION} of vztt.conf. */
    public static ContainerPackages of(
            ContainerFinder containers, TemplateArea area, PackageDrivers drivers, boolean detects, Host host) {
        var premises = new PremisesService(containers, area);
        var records = new TemplateRecords(area, drivers, detects);
        var scripts = new TemplateScripts(host.programs(), host.environment());
        var operation = new PackageOperation(drivers, scripts, records, host);
        return new ContainerPackages(
                new ApplicationService(premises, drivers, operation),
                new PackageService(premises, drivers, operation, records, host.clock()),
                new ContainerInventory(premises, drivers));
    }

    /**
     * What the services use of this host.
     *
     * @param environment that of this process, which template scripts on the host inherit
     * @param uninterrupted for the time from the first script to the last record
     */
    public record Host(
            ProgramRunner programs, Map<String, String> environment, Clock clock, Uninterrupted uninterrupted) {
        public Host {
            environment = Map.copyOf(environment);
        }
    }
}
