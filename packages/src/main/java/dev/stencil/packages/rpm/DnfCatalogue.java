package dev.stencil.packages.rpm;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Choice;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.Offers;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageGroup;
import dev.stencil.packages.PackageRelations;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the repositories of a source offer, by their local lists. */
final class DnfCatalogue {
    private final DnfState state;

    DnfCatalogue(DnfState state) {
        this.state = state;
    }

    /** All versions of all packages, by name. */
    List<InstalledPackage> packages() {
        List<InstalledPackage> packages = new ArrayList<>();
        for (Answer answer : askLists(new DnfQuestion("available"))) {
            packages.add(new InstalledPackage(answer.packageName(), answer.field(3)));
        }
        return packages;
    }

    /** The names of all packages, as often as there are versions. */
    List<String> names() {
        return packages().stream().map(one -> one.name().name()).toList();
    }

    /** All groups, by name. */
    List<PackageGroup> groups() {
        List<PackageGroup> groups = new ArrayList<>();
        for (Answer answer : askLists(new DnfQuestion("groups"))) {
            groups.add(new PackageGroup(
                    answer.field(0),
                    answer.field(1),
                    answer.field(2),
                    words(answer.field(3)),
                    words(answer.field(4)),
                    words(answer.field(5))));
        }
        return groups;
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    /** By the package lists. */
    PackageRelations relations(Resolution resolution) {
        state.requireLists();
        return relations(new DnfQuestion("relations").with("member", members(resolution)), resolution);
    }

    /** By the fetched files, which lie where {@code stored} says; package lists are not needed. */
    PackageRelations relations(Resolution resolution, Function<PackageFile, Path> stored) {
        List<String> paths = resolution.install().stream()
                .map(file -> stored.apply(file).toString())
                .toList();
        return relations(new DnfQuestion("relations").with("file", paths), resolution);
    }

    private PackageRelations relations(DnfQuestion question, Resolution resolution) {
        if (resolution.install().isEmpty()) {
            return PackageRelations.independent(List.of());
        }
        return relations(ask(question), resolution);
    }

    private static PackageRelations relations(List<Answer> answers, Resolution resolution) {
        return RpmRelations.read(
                answers, resolution.install().stream().map(PackageFile::name).toList());
    }

    /** What was decided, with what was said about it in the same answer. */
    Choice choice(Solver.Solution solution) {
        Resolution resolution = solution.resolution();
        List<Answer> origins = new ArrayList<>();
        List<Answer> others = new ArrayList<>();
        solution.about().forEach(answer -> (answer.kind().equals("origin") ? origins : others).add(answer));
        return new Choice(resolution, offers(resolution, origins), relations(others, resolution));
    }

    private static List<String> members(Resolution resolution) {
        return resolution.install().stream()
                .map(file -> file.name().name() + " " + file.sha256().hex())
                .toList();
    }

    /** Which repository each file comes from, and how the repositories were. */
    Offers offers(Resolution resolution) {
        List<Answer> origins = resolution.install().isEmpty()
                ? List.of()
                : askLists(new DnfQuestion("origins").with("member", members(resolution)));
        return offers(resolution, origins);
    }

    private Offers offers(Resolution resolution, List<Answer> origins) {
        PackageSource source = state.source();
        Map<String, String> lockIds = new HashMap<>();
        List<LockedRepository> repositories = new ArrayList<>();
        Map<String, RepositoryState> states = new HashMap<>();
        state.repositoryStates().forEach(one -> states.put(one.id(), one));
        for (Repository repository : source.repositories()) {
            String id = "r" + (repositories.size() + 1);
            lockIds.put(repository.id(), id);
            var part = new LockedRepository.Part(
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.of(RpmArch.of(source.arch()).base()));
            repositories.add(new LockedRepository(
                    id, "rpm", DnfConfiguration.addressWritten(repository), part, locked(states.get(repository.id()))));
        }
        return new Offers(repositories, files(resolution, origins, lockIds));
    }

    private static LockedRepository.State locked(@org.jspecify.annotations.Nullable RepositoryState state) {
        if (state == null) {
            return new LockedRepository.State(Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        }
        try {
            return new LockedRepository.State(
                    Optional.of(Digest.of(Files.readAllBytes(state.index()))),
                    Optional.of(state.dated()),
                    List.of(),
                    Optional.empty());
        } catch (IOException e) {
            throw new StencilException(
                    Fault.METADATA_MISSING,
                    "The index of the repository " + state.id() + " cannot be read: " + e.getMessage()
                            + ". Fetch it again: vzpkg update metadata.",
                    e);
        }
    }

    private static List<LockedPackage.File> files(
            Resolution resolution, List<Answer> answers, Map<String, String> lockIds) {
        List<LockedPackage.File> files = new ArrayList<>();
        for (int i = 0; i < resolution.install().size(); i++) {
            PackageFile file = resolution.install().get(i);
            Answer answer = answers.get(i);
            String id = lockIds.get(answer.field(0));
            if (id == null) {
                throw new StencilException(
                        Fault.PACKAGE_MANAGER,
                        "No repository of the template offers " + file.name()
                                + " any more. Run the command again; if that does not help: vzpkg update metadata.");
            }
            files.add(new LockedPackage.File(id, answer.field(1), file.sizeBytes(), file.sha256()));
        }
        return files;
    }

    private List<Answer> askLists(DnfQuestion question) {
        state.requireLists();
        return ask(question);
    }

    private List<Answer> ask(DnfQuestion question) {
        try (RpmScratch scratch = RpmScratch.make()) {
            return state.ask(question, scratch);
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot work in a temporary directory: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "dnf cannot be understood: " + e.getMessage(), e);
        }
    }
}
