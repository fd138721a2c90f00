package dev.stencil.packages.deb;

import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.util.ArrayList;
import java.util.List;

/** Steps of a plan that one run of dpkg does; dpkg orders what it configures or removes in one run by itself. */
record DpkgBatch(Kind kind, List<PackageName> packages) {
    /** Keeps the command line far below the kernel's limit. */
    private static final int MOST = 500;

    enum Kind {
        UNPACK,
        CONFIGURE,
        REMOVE
    }

    DpkgBatch {
        packages = List.copyOf(packages);
    }

    /** The runs that do {@code plan} in its order; neighbours of one kind share a run. */
    static List<DpkgBatch> of(Resolution plan) {
        List<DpkgBatch> batches = new ArrayList<>();
        List<PackageName> current = new ArrayList<>();
        Kind kind = Kind.UNPACK;
        for (Resolution.Step step : plan.steps()) {
            if (kindOf(step) != kind || current.size() == MOST) {
                close(batches, kind, current);
                kind = kindOf(step);
            }
            current.add(step.name());
        }
        close(batches, kind, current);
        return batches;
    }

    private static void close(List<DpkgBatch> batches, Kind kind, List<PackageName> current) {
        if (!current.isEmpty()) {
            batches.add(new DpkgBatch(kind, current));
            current.clear();
        }
    }

    private static Kind kindOf(Resolution.Step step) {
        return switch (step) {
            case Resolution.Step.Unpack ignored -> Kind.UNPACK;
            case Resolution.Step.Configure ignored -> Kind.CONFIGURE;
            case Resolution.Step.Remove ignored -> Kind.REMOVE;
        };
    }
}
