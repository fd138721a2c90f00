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
    private final RepositoryAddresses addresses;

    VouchedFiles(PackageSource source, RepositoryAddresses addresses) {
        this.source = source;
        this.addresses = addresses;
    }

    /** All but those of repositories that are accepted unsigned, and files of the host, which are their owner's choice. */
    List<PackageFile> toCheck(List<PackageFile> files) throws IOException {
        List<PackageFile> checked = new ArrayList<>();
        for (PackageFile file : files) {
            if (!isUnsignedAllowed(file) && !isLocal(file)) {
                checked.add(file);
            }
        }
        return checked;
    }

    private boolean isUnsignedAllowed(PackageFile file) throws IOException {
        if (source.unsignedAllowed() || source.repositories().stream().allMatch(Repository::unsignedAllowed)) {
            return true;
        }
        for (Repository repository : source.repositories()) {
            if (repository.unsignedAllowed() && isBelow(file, repository)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLocal(PackageFile file) throws IOException {
        if (!"file".equals(file.uri().getScheme())) {
            return false;
        }
        for (Repository repository : source.repositories()) {
            if (isBelow(file, repository)) {
                return false;
            }
        }
        return true;
    }

    private boolean isBelow(PackageFile file, Repository repository) throws IOException {
        String address = file.uri().toString();
        List<String> bases = new ArrayList<>(addresses.known(repository));
        bases.add(MirrorList.withoutSlash(DnfConfiguration.addresses(repository).getFirst()));
        return bases.stream()
                .flatMap(base -> MirrorList.spellings(base).stream())
                .anyMatch(base -> address.startsWith(base + "/"));
    }
}
