package dev.stencil.container.undo;

import java.io.IOException;
import java.util.Optional;

/** Writes down what an operation has done, when it ends or when it is found to have been killed. */
final class Settling {
    private Settling() {}

    /** Answers whether packages or their files have changed at all. */
    static boolean end(
            OperationLog log,
            Snapshots snapshots,
            Optional<ContainerStorage> storage,
            Operation operation,
            Operations.Ending ending)
            throws IOException {
        int number = operation.number();
        log.saveAfter(number, ending.packages());
        FileChanges files = FileChanges.NONE;
        if (storage.isPresent() && snapshots.has(number)) {
            files = snapshots.changesSince(number, storage.get(), ending.owned());
            log.saveFiles(number, files);
        }
        log.save(operation);
        return !files.isEmpty() || !names(log.before(number)).equals(names(ending.packages()));
    }

    private static java.util.List<String> names(java.util.List<PackageRecord> packages) {
        return packages.stream().map(one -> one.name().toString()).sorted().toList();
    }
}
