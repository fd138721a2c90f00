package dev.stencil.packages.rpm;

import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which package files a key of the template must vouch for. */
final class VouchedFiles {
    private final PackageSource source;
    private final List<Known> repositories = new ArrayList<>();

    VouchedFiles(PackageSource source, RepositoryAddresses addresses) throws IOException {
        this.source = source;
        for (Repository repository : source.repositories()) {
            repositories.add(new Known(repository.unsignedAllowed(), addresses.prefixes(repository)));
        }
    }

    /** A repository, and how addresses of its files begin. */
    private record Known(boolean unsignedAllowed, List<String> prefixes) {
        boolean has(PackageFile file) {
            String address = file.uri().toString();
            return prefixes.stream().anyMatch(prefix -> address.startsWith(prefix + "/"));
        }
    }

    /** All but those of repositories that are accepted unsigned, and files of the host, which are their owner's choice. */
    List<PackageFile> toCheck(List<PackageFile> files) {
        if (source.unsignedAllowed() || repositories.stream().allMatch(Known::unsignedAllowed)) {
            return List.of();
        }
        return files.stream()
                .filter(file -> !isUnsignedAllowed(file) && !isLocal(file))
                .toList();
    }

    private boolean isUnsignedAllowed(PackageFile file) {
        return repositories.stream().anyMatch(one -> one.unsignedAllowed() && one.has(file));
    }

    private boolean isLocal(PackageFile file) {
        return "file".equals(file.uri().getScheme()) && repositories.stream().noneMatch(one -> one.has(file));
    }
}
