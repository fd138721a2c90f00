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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What apt's local lists know about the files of a plan: their records, and which repository offers them. */
final class AptOffers {
    private static final int KIBIBYTE = 1024;

    private final AptState state;
    private final PackageSource source;

    AptOffers(AptState state) {
        this.state = state;
        this.source = state.source();
    }

    Offers of(Resolution resolution) {
        state.requireLists();
        try {
            List<LockedRepository> repositories = repositories();
            if (resolution.install().isEmpty()) {
                return new Offers(repositories, List.of());
            }
            Map<String, Paragraph> records = records(resolution.install());
            AptOrigins origins = AptOrigins.parse(madison(resolution.install()), source.repositories());
            List<Offers.Offer> offers = new ArrayList<>();
            for (PackageFile file : resolution.install()) {
                offers.add(offer(file, records, origins));
            }
            return new Offers(repositories, offers);
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

    private Offers.Offer offer(PackageFile file, Map<String, Paragraph> records, AptOrigins origins) {
        Paragraph record = records.get(file.sha256().hex());
        if (record == null) {
            throw new IllegalArgumentException("they have no record of " + file.name());
        }
        String location = record.require("Filename");
        int repository = origins.repositoryOf(file);
        return new Offers.Offer(
                file,
                new LockedPackage.File(idOf(repository), location, file.sizeBytes(), file.sha256()),
                new LockedPackage.Origin(installedBytes(record), Optional.of(sourceOf(record)), Optional.empty()),
                record.text());
    }

    /** By digest: two repositories may offer two builds of one version. */
    private Map<String, Paragraph> records(List<PackageFile> files) {
        List<String> words = new ArrayList<>();
        files.forEach(file -> words.add(qualified(file) + "=" + file.name().version()));
        Map<String, Paragraph> records = new HashMap<>();
        for (Paragraph paragraph : Paragraph.parseAll(query("show", words))) {
            paragraph.get("SHA256").ifPresent(digest -> records.putIfAbsent(digest, paragraph));
        }
        return records;
    }

    private String madison(List<PackageFile> files) {
        Set<String> words = new LinkedHashSet<>();
        files.forEach(file -> words.add(qualified(file)));
        return query("madison", List.copyOf(words));
    }

    /** Packages of another architecture have to be asked for by it. */
    private String qualified(PackageFile file) {
        String arch = file.name().arch();
        boolean isForeign = !arch.equals("all") && !arch.equals(source.arch().debianName());
        return isForeign ? file.name().name() + ":" + arch : file.name().name();
    }

    private String query(String command, List<String> words) {
        Finished done = state.run(state.apt("apt-cache", command).args(words));
        if (!done.isSuccess()) {
            throw new StencilException(Fault.PACKAGE_MANAGER, AptWords.errors(done));
        }
        return done.text();
    }

    private static OptionalLong installedBytes(Paragraph record) {
        Optional<String> kibibytes = record.get("Installed-Size");
        return kibibytes.isPresent() && kibibytes.get().matches("\\d{1,15}")
                ? OptionalLong.of(Long.parseLong(kibibytes.get()) * KIBIBYTE)
                : OptionalLong.empty();
    }

    /** {@code Source: name (version)}; what is left out is the package's own. Source: Debian Policy 5.6.1. */
    static String sourceOf(Paragraph record) {
        String written = record.get("Source").orElse(record.require("Package"));
        int open = written.indexOf('(');
        return open < 0
                ? written + "=" + record.require("Version")
                : written.substring(0, open).strip() + "="
                        + written.substring(open + 1).replace(")", "").strip();
    }
}
