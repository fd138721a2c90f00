package dev.stencil.image.lock;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Release;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheSubject;
import dev.stencil.packages.Choice;
import dev.stencil.packages.Offers;
import dev.stencil.packages.PackageFacts;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.Inclusion;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockedInput;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import dev.stencil.packages.lock.LockedTemplate;
import dev.stencil.packages.lock.PackageList;
import dev.stencil.packages.lock.Provenance;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Writes down in a lock what the package manager chose for a template, and what it chose from. */
public final class LockMaker {
    private static final String MADE_BY = "stencil " + Release.VERSION;

    private final PackageSource source;
    private final PackageManager manager;
    private final Clock clock;

    public LockMaker(PackageSource source, PackageManager manager, Clock clock) {
        this.source = source;
        this.manager = manager;
        this.clock = clock;
    }

    /**
     * The lock of {@code choice}, which was made for an empty root from all lists of {@code subject}. It has no revision
     * yet. Its clock is the date of the newest package list.
     */
    public Lock make(CacheSubject subject, Choice choice) {
        return make(subject, choice.resolution(), choice.offers(), choice.relations());
    }

    /** The same where it is known already where the files lie. */
    Lock make(CacheSubject subject, Resolution resolution, Offers offers) {
        return make(subject, resolution, offers, manager.relations(source, resolution));
    }

    /** As the others where it is known as well how the packages depend on each other. */
    Lock make(CacheSubject subject, Resolution resolution, Offers offers, PackageRelations relations) {
        SortedMap<String, Path> files = TemplateInputs.of(subject.template(), subject.applications());
        return Lock.sorted(
                template(subject, clockOf(offers.repositories())),
                inputs(files),
                offers.repositories(),
                List.of(),
                packages(resolution, offers, relations, Inclusion.of(relations, lists(subject, files))),
                new Provenance(0, Optional.empty(), clock.instant(), MADE_BY));
    }

    private static LockedTemplate template(CacheSubject subject, long clock) {
        OsTemplate template = subject.template();
        String manager =
                switch (template.packageManagerType()) {
                    case DPKG -> "apt";
                    case RPM -> "dnf";
                    case RPM_ZYPP -> "zypper";
                };
        return new LockedTemplate(
                template.name(),
                template.coordinates().set(),
                template.arch(),
                subject.applications().stream().map(AppTemplate::name).toList(),
                manager,
                clock);
    }

    /** Seconds since 1970; the time of this host only where no repository has a date. */
    private long clockOf(List<LockedRepository> repositories) {
        return repositories.stream()
                .flatMap(repository -> repository.state().dated().stream())
                .max(Instant::compareTo)
                .orElseGet(clock::instant)
                .getEpochSecond();
    }

    /** Digests of the template's files as they are now. */
    static List<LockedInput> inputs(SortedMap<String, Path> files) {
        List<LockedInput> inputs = new ArrayList<>();
        files.forEach((name, file) -> {
            try {
                inputs.add(new LockedInput(name, Digest.of(Files.readAllBytes(file))));
            } catch (IOException e) {
                throw new StencilException(Fault.TEMPLATE_BROKEN, "Cannot read " + file + ": " + e.getMessage(), e);
            }
        });
        return inputs;
    }

    /** Lists in the order of stages, called by their files. */
    private static List<PackageList> lists(CacheSubject subject, SortedMap<String, Path> files) {
        OsTemplate template = subject.template();
        List<String> first = template.stage0().stream()
                .flatMap(line -> List.of(line.split("\\s+")).stream())
                .toList();
        List<PackageList> lists = new ArrayList<>(List.of(
                new PackageList(listName("packages_0", files), first),
                new PackageList(listName("packages_1", files), template.stage1()),
                new PackageList("packages", template.packages())));
        for (AppTemplate application : subject.applications()) {
            String name = files.keySet().stream()
                    .filter(path -> path.endsWith("/packages")
                            && application.configDirectory().resolve("packages").equals(files.get(path)))
                    .findFirst()
                    .orElse(application.name());
            lists.add(new PackageList(name, application.packages()));
        }
        return lists;
    }

    private static String listName(String file, SortedMap<String, Path> files) {
        String inherited = "../default/" + file;
        return files.containsKey(inherited) ? inherited : file;
    }

    private static List<LockedPackage> packages(
            Resolution resolution, Offers offers, PackageRelations relations, Inclusion inclusion) {
        Map<String, PackageFacts> facts = new HashMap<>();
        relations.members().forEach(one -> facts.put(one.name().toString(), one));
        List<LockedPackage> packages = new ArrayList<>();
        for (int i = 0; i < resolution.install().size(); i++) {
            PackageFile file = resolution.install().get(i);
            PackageName name = file.name();
            PackageFacts known = facts.get(name.toString());
            packages.add(new LockedPackage(
                    LockedPackage.Identity.of(name),
                    offers.files().get(i),
                    known == null
                            ? LockedPackage.Origin.UNKNOWN
                            : new LockedPackage.Origin(known.installedBytes(), known.source(), Optional.empty()),
                    inclusion.membership(name, resolution.automatic())));
        }
        return packages;
    }
}
