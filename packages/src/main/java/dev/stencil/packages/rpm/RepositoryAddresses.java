package dev.stencil.packages.rpm;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.RemoteFile;
import dev.stencil.packages.Repository;
import dev.stencil.packages.UnavailableFile;
import dev.stencil.template.RepositoryKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the repositories of a source are to be had: at one address, at alternatives of a record, or at what a list of mirrors
 * names. Which ones work is found out when lists are fetched and kept in {@code pm/dnf/mirrors}; packages are then looked for
 * at one after the other. A mirror that is wrong is not dangerous: lists and packages are checked whoever served them.
 */
final class RepositoryAddresses {
    private final PackageSource source;
    private final Path directory;
    private final Proxies proxies;

    /** @param data what dnf's configurations of a family of templates share */
    RepositoryAddresses(PackageSource source, Path data) {
        this.source = source;
        this.directory = data.resolve("mirrors");
        this.proxies = new Proxies(source.environment());
    }

    /** Those of {@code zypp_repositories} are for zypper's templates only. */
    static boolean isUsed(PackageSource source, Repository repository) {
        return repository.kind() != RepositoryKind.ZYPP_REPOSITORY
                || source.driver().startsWith("rpmzypp");
    }

    /**
     * Whether it is looked for where the repository is, before dnf is asked; dnf itself looks after metalinks, which also tell
     * digests.
     */
    static boolean isChoice(Repository repository) {
        return switch (repository.kind()) {
            case REPOSITORY -> DnfConfiguration.addresses(repository).size() > 1;
            case ZYPP_REPOSITORY -> true; // it may be of a format that nobody here reads
            case MIRROR_LIST -> !isMetalink(repository);
        };
    }

    static boolean isMetalink(Repository repository) {
        return repository.kind() == RepositoryKind.MIRROR_LIST
                && repository.location().contains("metalink");
    }

    /** The file that names a repository's addresses, one a line, as dnf reads lists of mirrors. */
    static Path file(Path data, Repository repository) {
        byte[] text = repository.location().getBytes(StandardCharsets.UTF_8);
        return data.resolve("mirrors").resolve(Digest.of(text).hex().substring(0, 16));
    }

    /** Base addresses that are known now, best first, without a slash at the end. */
    List<String> known(Repository repository) throws IOException {
        Path file = file(directory.resolveSibling(""), repository);
        if (Files.exists(file)) {
            return Files.readAllLines(file);
        }
        return repository.kind() == RepositoryKind.MIRROR_LIST ? List.of() : written(repository);
    }

    private List<String> written(Repository repository) {
        return DnfConfiguration.addresses(repository).stream()
                .map(address -> MirrorList.withoutSlash(DnfConfiguration.expanded(address, source)))
                .toList();
    }

    /**
     * Asks the lists of mirrors again, and puts the first mirror that has an index before all others.
     *
     * @throws StencilException {@code FETCH_FAILED} when no list, or no mirror, answers
     */
    void renew() throws IOException {
        for (Repository repository : source.repositories()) {
            if (!isUsed(source, repository)) {
                continue;
            }
            if (isChoice(repository)) {
                keep(repository, working(repository, offered(repository)));
            } else if (isMetalink(repository)) {
                keep(repository, offered(repository));
            }
        }
    }

    /** Without asking the mirrors themselves. */
    private List<String> offered(Repository repository) {
        if (repository.kind() != RepositoryKind.MIRROR_LIST) {
            return written(repository);
        }
        List<String> reasons = new ArrayList<>();
        for (String address : written(repository)) {
            try {
                Optional<byte[]> text = RemoteFile.read(URI.create(address), proxies);
                List<String> mirrors = MirrorList.parse(text.orElse(new byte[0]), address);
                if (!mirrors.isEmpty()) {
                    return mirrors;
                }
                reasons.add(address + ": it names no mirror");
            } catch (IOException | IllegalArgumentException e) {
                reasons.add(address + ": " + e.getMessage());
            }
        }
        throw new StencilException(
                Fault.FETCH_FAILED,
                "Cannot fetch the list of mirrors of the repository " + repository.id() + ": "
                        + String.join("; ", reasons) + ".");
    }

    private List<String> working(Repository repository, List<String> mirrors) {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < mirrors.size(); i++) {
            Optional<String> problem = problem(mirrors.get(i));
            if (problem.isEmpty()) {
                return mirrors.subList(i, mirrors.size());
            }
            reasons.add(mirrors.get(i) + ": " + problem.get());
        }
        String format = repository.kind() == RepositoryKind.ZYPP_REPOSITORY
                ? " Repositories of YaST's old format are not read. Put the address of one that has the directory repodata into"
                        + " the template's file zypp_repositories."
                : "";
        throw new StencilException(
                Fault.FETCH_FAILED,
                "The repository " + repository.id() + " cannot be found: " + String.join("; ", reasons) + "." + format);
    }

    private Optional<String> problem(String mirror) {
        try {
            Optional<byte[]> index = RemoteFile.read(URI.create(mirror + "/repodata/repomd.xml"), proxies);
            boolean isIndex = index.filter(bytes -> new String(bytes, StandardCharsets.UTF_8).contains("<repomd"))
                    .isPresent();
            return isIndex ? Optional.empty() : Optional.of("there is no index repodata/repomd.xml");
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void keep(Repository repository, List<String> mirrors) throws IOException {
        Files.createDirectories(directory);
        Path beside = Files.createTempFile(directory, ".mirrors", "");
        Files.writeString(beside, String.join("\n", mirrors) + "\n");
        Files.move(
                beside,
                file(directory.resolveSibling(""), repository),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** How addresses of its files may begin: with a base or with what the template writes, each as programs spell it. */
    List<String> prefixes(Repository repository) throws IOException {
        List<String> bases = new ArrayList<>(known(repository));
        bases.add(MirrorList.withoutSlash(DnfConfiguration.addresses(repository).getFirst()));
        return bases.stream()
                .flatMap(base -> MirrorList.spellings(base).stream())
                .toList();
    }

    /** Fetches what is missing: each file from where it was planned, then from one mirror after the other. */
    void fetch(PackageStore store, List<PackageFile> planned, Progress progress) throws IOException {
        List<PackageFile> files =
                planned.stream().filter(file -> !store.has(file)).toList();
        List<List<URI>> places = places(files);
        for (int attempt = 0; ; attempt++) {
            try {
                store.fetch(at(files, places, attempt), progress);
                return;
            } catch (StencilException e) {
                boolean isOfMirror = e.fault() == Fault.FETCH_FAILED || e.fault() == Fault.PACKAGE_ALTERED;
                if (!isOfMirror || attempt + 1 >= mostPlaces(places)) {
                    throw e;
                }
                progress.note(e.getMessage() + "; trying the next mirror");
            }
        }
    }

    /** Those that no place offers now. */
    List<UnavailableFile> unavailable(PackageStore store, List<PackageFile> files) throws IOException {
        List<List<URI>> places = places(files);
        List<UnavailableFile> left = store.unavailable(at(files, places, 0));
        for (int attempt = 1; attempt < mostPlaces(places) && !left.isEmpty(); attempt++) {
            List<PackageFile> again = left.stream().map(UnavailableFile::file).toList();
            left = store.unavailable(at(again, places(again), attempt));
        }
        return left;
    }

    private static int mostPlaces(List<List<URI>> places) {
        return places.stream().mapToInt(List::size).max().orElse(0);
    }

    private static List<PackageFile> at(List<PackageFile> files, List<List<URI>> places, int attempt) {
        List<PackageFile> moved = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            PackageFile file = files.get(i);
            List<URI> all = places.get(i);
            moved.add(new PackageFile(
                    file.name(), all.get(Math.min(attempt, all.size() - 1)), file.sizeBytes(), file.sha256()));
        }
        return moved;
    }

    private List<List<URI>> places(List<PackageFile> files) throws IOException {
        List<Place> repositories = new ArrayList<>();
        for (Repository repository : source.repositories()) {
            if (isUsed(source, repository)) {
                repositories.add(place(repository));
            }
        }
        List<List<URI>> places = new ArrayList<>();
        for (PackageFile file : files) {
            String address = file.uri().toString();
            places.add(repositories.stream()
                    .filter(one -> one.has(address))
                    .findFirst()
                    .map(one -> one.of(address))
                    .orElse(List.of(file.uri())));
        }
        return places;
    }

    private Place place(Repository repository) throws IOException {
        List<String> bases = known(repository);
        return new Place(prefixes(repository), bases.isEmpty() ? () -> offered(repository) : () -> bases);
    }

    /**
     * One repository by all its addresses.
     *
     * @param prefixes how addresses of its files may begin; locks give addresses below what the template writes
     * @param bases where files are looked for; asked only when one is
     */
    private record Place(List<String> prefixes, java.util.function.Supplier<List<String>> bases) {
        boolean has(String address) {
            return rest(address).isPresent();
        }

        private Optional<String> rest(String address) {
            return prefixes.stream()
                    .filter(prefix -> address.startsWith(prefix + "/"))
                    .findFirst()
                    .map(prefix -> address.substring(prefix.length()));
        }

        List<URI> of(String address) {
            String rest = rest(address).orElseThrow();
            return bases.get().stream()
                    .map(base -> URI.create(DnfResolver.quoted(base) + rest))
                    .toList();
        }
    }
}
