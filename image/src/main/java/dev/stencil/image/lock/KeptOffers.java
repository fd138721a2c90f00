package dev.stencil.image.lock;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Offers;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where the files of a changed system lie: those that a lock knows already, and those that are new. */
final class KeptOffers {
    private final PackageSource source;
    private final PackageManager manager;

    KeptOffers(PackageSource source, PackageManager manager) {
        this.source = source;
        this.manager = manager;
    }

    /** What is as before lies where the lock says, also when the repositories have moved on; the rest where they say. */
    Offers of(Lock present, Resolution after) {
        Map<String, LockedPackage> kept = new HashMap<>();
        present.packages().forEach(one -> kept.put(one.file().sha256().hex(), one));
        List<PackageFile> fresh = after.install().stream()
                .filter(file -> !kept.containsKey(file.sha256().hex()))
                .toList();
        Offers offered = manager.offers(source, new Resolution(fresh, List.of(), List.of(), List.of()));
        Map<String, LockedPackage.File> files = new HashMap<>();
        offered.files().forEach(file -> files.put(file.sha256().hex(), file));
        List<LockedPackage.File> all = new ArrayList<>();
        for (PackageFile file : after.install()) {
            String digest = file.sha256().hex();
            LockedPackage old = kept.get(digest);
            LockedPackage.File found = old == null ? files.get(digest) : moved(old.file(), present, offered);
            all.add(Objects.requireNonNull(found));
        }
        return new Offers(offered.repositories(), all);
    }

    /** Ids follow the template's list, which may be another one by now. */
    private static LockedPackage.File moved(LockedPackage.File file, Lock present, Offers offered) {
        LockedRepository old = present.repository(file.repository()).orElseThrow();
        for (LockedRepository repository : offered.repositories()) {
            if (repository.url().equals(old.url()) && repository.part().equals(old.part())) {
                return new LockedPackage.File(repository.id(), file.location(), file.sizeBytes(), file.sha256());
            }
        }
        throw new StencilException(
                Fault.STALE,
                "The template does not have the repository " + old.url()
                        + " any more, which the lock takes packages from." + " Lock everything anew: vzpkg lock "
                        + present.template().name() + ".");
    }
}
