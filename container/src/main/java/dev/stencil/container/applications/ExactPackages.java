package dev.stencil.container.applications;

import dev.stencil.container.undo.OperationLog;
import dev.stencil.container.undo.PackageRecord;
import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the files of exact builds: in the package store by the digests that the container's lock and its operations have recorded, else where the
 * container's repositories offer them. No package manager chooses anything (spec conary 9.1, R-1).
 */
final class ExactPackages {
    private final PackageDrivers drivers;

    ExactPackages(PackageDrivers drivers) {
        this.drivers = drivers;
    }

    /**
     * What undoes {@code deviations}.
     *
     * @throws StencilException {@code FETCH_FAILED} naming builds that are nowhere any more
     */
    PackageRequest request(Premises premises, List<Deviation> deviations) {
        PackageManager manager = drivers.manager(premises.operatingSystem());
        Map<String, Digest> known = digests(premises);
        List<PackageFile> files = new ArrayList<>();
        List<PackageName> unknown = new ArrayList<>();
        for (PackageName name : Deviation.wanted(deviations)) {
            Optional<PackageFile> stored =
                    Optional.ofNullable(known.get(name.toString())).flatMap(digest -> manager.stored(name, digest));
            stored.ifPresentOrElse(files::add, () -> unknown.add(name));
        }
        files.addAll(offered(premises, manager, unknown));
        return new PackageRequest.Exactly(files, Deviation.surplus(deviations));
    }

    private List<PackageFile> offered(Premises premises, PackageManager manager, List<PackageName> names) {
        PackageSource source = drivers.source(premises, List.of());
        List<PackageFile> found = manager.find(source, names);
        List<PackageName> missing = new ArrayList<>(names);
        found.forEach(file -> missing.remove(file.name()));
        if (!missing.isEmpty()) {
            throw new StencilException(
                    Fault.FETCH_FAILED,
                    "Neither the package store nor a repository of container "
                            + premises.container().id() + " has: "
                            + String.join(
                                    ", ",
                                    missing.stream().map(PackageName::toString).toList())
                            + ". Nothing was changed.");
        }
        return found;
    }

    private static Map<String, Digest> digests(Premises premises) {
        Map<String, Digest> known = new HashMap<>();
        new LockRecord(premises.container()).read(premises.operatingSystem()).ifPresent(lock -> lock.packages()
                .forEach(one ->
                        known.put(one.packageName().toString(), one.file().sha256())));
        OperationLog log = OperationRecords.log(premises.container());
        log.all().forEach(operation -> {
            known.putAll(PackageRecord.digests(log.before(operation.number())));
            log.after(operation.number()).ifPresent(packages -> known.putAll(PackageRecord.digests(packages)));
        });
        return known;
    }
}
