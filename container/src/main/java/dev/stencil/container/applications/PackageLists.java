package dev.stencil.container.applications;

import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Package lists for work on several containers: those that they share are fetched once, before the work begins. */
public final class PackageLists {
    private final PremisesService premisesService;
    private final PackageDrivers drivers;
    private final LockUpdates locks;

    PackageLists(PremisesService premisesService, PackageDrivers drivers, LockUpdates locks) {
        this.premisesService = premisesService;
        this.drivers = drivers;
        this.locks = locks;
    }

    /**
     * Brings the lists of {@code containers} up to date, after which {@link Freshness#WHEN_EXPIRED} is enough for the work.
     * Containers that cannot be worked on are passed over: the work says why.
     *
     * @param applications templates that are to be added, whose repositories take part
     * @param alongLocks whether containers that follow a lock need no lists
     * @return for each container whose lists could not be fetched although they had to be, why
     */
    public Map<String, StencilException> refresh(
            List<String> containers,
            List<String> applications,
            boolean alongLocks,
            PackageOptions options,
            Progress progress) {
        Map<PackageSource, StencilException> failed = new HashMap<>();
        Map<PackageSource, Boolean> fetched = new HashMap<>();
        Map<String, StencilException> failures = new HashMap<>();
        for (String container : containers) {
            try {
                Premises premises = premisesService.open(container);
                if (alongLocks && locks.follows(premises)) {
                    continue;
                }
                PackageSource given = drivers.source(premises, premisesService.applications(premises, applications));
                PackageSource source = given.under(options.applyTo(given.rules()));
                if (fetched.put(source, true) == null) {
                    tryRefresh(premises, source, options, progress).ifPresent(why -> failed.put(source, why));
                }
                StencilException why = failed.get(source);
                if (why != null && options.freshness() == Freshness.ALWAYS) {
                    failures.put(container, why);
                }
            } catch (StencilException unusable) {
                progress.note("No package lists for container " + container + ": " + unusable.getMessage());
            }
        }
        return failures;
    }

    private java.util.Optional<StencilException> tryRefresh(
            Premises premises, PackageSource source, PackageOptions options, Progress progress) {
        try {
            TemplateLock.refresh(
                    premises.operatingSystem(), drivers.manager(premises.operatingSystem()), source, options, progress);
            return java.util.Optional.empty();
        } catch (StencilException failure) {
            return java.util.Optional.of(failure);
        }
    }
}
