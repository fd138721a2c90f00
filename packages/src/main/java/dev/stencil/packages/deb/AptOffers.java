package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.packages.Offers;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out from apt's local lists which repository each file of a plan comes from, and how the repositories were. */
final class AptOffers {
    private final AptState state;
    private final PackageSource source;

    AptOffers(AptState state) {
        this.state = state;
        this.source = state.source();
    }

    Offers of(Resolution resolution) {
        state.requireLists();
        try {
            List<LockedPackage.File> files = new ArrayList<>();
            if (!resolution.install().isEmpty()) {
                AptOrigins origins = AptOrigins.parse(madison(resolution.install()), source.repositories());
                for (PackageFile file : resolution.install()) {
                    AptOrigins.Origin origin = origins.of(file);
                    files.add(new LockedPackage.File(
                            idOf(origin.repository()), origin.location(), file.sizeBytes(), file.sha256()));
                }
            }
            return new Offers(repositories(), files);
        } catch (IOException | IllegalArgumentException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "apt's package lists cannot be understood: " + e.getMessage(), e);
        }
    }

    private List<LockedRepository> repositories() throws IOException {
        var index = new AptIndex(state);
        List<AptIndex.Target> targets = index.targets();
        List<LockedRepository> repositories = new ArrayList<>();
        for (Repository repository : source.repositories()) {
            AptRecord written = AptRecord.parse(repository.written());
            var part = new LockedRepository.Part(
                    Optional.of(written.suite()),
                    written.components(),
                    List.of(),
                    Optional.of(String.join(",", AptConfiguration.architectures(source))));
            repositories.add(new LockedRepository(
                    idOf(repositories.size()), "deb", written.url(), part, index.read(repository, targets)));
        }
        return repositories;
    }

    private static String idOf(int position) {
        return "r" + (position + 1);
    }

    private String madison(List<PackageFile> files) {
        Set<String> words = new LinkedHashSet<>();
        files.forEach(file -> words.add(qualified(file)));
        Finished done = state.run(state.apt("apt-cache", "madison").args(List.copyOf(words)));
        if (!done.isSuccess()) {
            throw new StencilException(Fault.PACKAGE_MANAGER, AptWords.errors(done));
        }
        return done.text();
    }

    /** Packages of another architecture have to be asked for by it. */
    private String qualified(PackageFile file) {
        String arch = file.name().arch();
        boolean isForeign = !arch.equals("all") && !arch.equals(source.arch().debianName());
        return isForeign ? file.name().name() + ":" + arch : file.name().name();
    }
}
