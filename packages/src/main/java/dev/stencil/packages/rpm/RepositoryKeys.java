package dev.stencil.packages.rpm;

import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys that vouch for the repositories of a source, as rpm takes them: each file is read once, whoever shares it. */
final class RepositoryKeys {
    private final PackageSource source;
    private final Map<List<Path>, List<String>> armoured;

    private RepositoryKeys(PackageSource source, Map<List<Path>, List<String>> armoured) {
        this.source = source;
        this.armoured = Map.copyOf(armoured);
    }

    static RepositoryKeys of(PackageSource source) throws IOException {
        Map<List<Path>, List<String>> keys = new HashMap<>();
        for (Repository repository : source.repositories()) {
            List<Path> files = source.keyringsOf(repository);
            if (!keys.containsKey(files)) {
                keys.put(files, OpenPgpKeys.armoured(files));
            }
        }
        return new RepositoryKeys(source, keys);
    }

    /** Armoured, one each. */
    List<String> of(Repository repository) {
        return armoured.getOrDefault(source.keyringsOf(repository), List.of());
    }
}
