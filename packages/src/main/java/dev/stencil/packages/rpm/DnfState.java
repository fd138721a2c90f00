package dev.stencil.packages.rpm;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.RemoteFile;
import dev.stencil.packages.Repository;
import dev.stencil.packages.StateDirectory;
import dev.stencil.template.RepositoryKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The private state of dnf for one source: below {@code basedir/pm/dnf} lie {@code cache}, shared by the templates of a
 * family, and a directory for each configuration with dnf.conf, repositories, keys and a home of its own, in which rpm finds
 * no settings but ours. Callers hold the template lock: exclusive to refresh, shared to read.
 */
final class DnfState {
    private static final Path NONE = Path.of("");
    /** Where dnf's own modules are installed; another Python in PATH does not have them. */
    private static final String PYTHON = "/usr/bin/python3";

    private final ProgramRunner host;
    private final DnfProgram dnf;
    private final PackageSource source;
    private final Path data;
    private final StateDirectory directory;
    private final RepositoryKeys keys;

    private DnfState(
            ProgramRunner host,
            DnfProgram dnf,
            PackageSource source,
            Path data,
            StateDirectory directory,
            RepositoryKeys keys) {
        this.host = host;
        this.dnf = dnf;
        this.source = source;
        this.data = data;
        this.directory = directory;
        this.keys = keys;
    }

    /** Writes the configuration where it is missing or has changed. */
    static DnfState open(ProgramRunner host, PackageSource source, Clock clock) {
        return open(host, new DnfProgram(host), source, clock);
    }

    /** The same, asking a dnf that may have begun already. */
    static DnfState open(ProgramRunner host, DnfProgram dnf, PackageSource source, Clock clock) {
        Path data = source.dataDirectory().toAbsolutePath().resolve("dnf");
        try {
            RepositoryKeys keys = RepositoryKeys.of(source);
            var directory = new StateDirectory(data.resolve(identity(source, keys)), clock);
            var state = new DnfState(host, dnf, source, data, directory, keys);
            state.write();
            return state;
        } catch (IllegalArgumentException e) {
            throw new StencilException(
                    Fault.TEMPLATE_BROKEN, "The template cannot be used: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot write dnf's private state below " + data + ": " + e.getMessage(), e);
        }
    }

    /** Same repositories, keys, release and exclusions: same configuration. */
    private static String identity(PackageSource source, RepositoryKeys keys) {
        var text = new StringBuilder(DnfConfiguration.conf(source, NONE, NONE));
        text.append(DnfConfiguration.repositories(source, Set.of(), ignored -> List.of(), NONE));
        text.append(source.arch()).append(source.rules().release());
        for (Repository repository : source.repositories()) {
            text.append(Digest.of(String.join("", keys.of(repository)).getBytes(StandardCharsets.US_ASCII)));
        }
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 12);
    }

    private void write() throws IOException {
        for (String folder : List.of("log", "repos.d", "vars", "keys", "home")) {
            Files.createDirectories(directory.resolve(folder));
        }
        Files.createDirectories(data.resolve("cache"));
        for (Repository repository : source.repositories()) {
            List<String> own = keys.of(repository);
            if (own.isEmpty() && !source.isUnsignedAllowed(repository)) {
                throw new StencilException(
                        Fault.TEMPLATE_BROKEN,
                        "The template has no key for its repository " + repository.id() + " (" + repository.location()
                                + "). Put the key into the template's keys directory.");
            }
            for (int i = 0; i < own.size(); i++) {
                replace("keys/" + keyName(repository, i), own.get(i));
            }
        }
        replace("dnf.conf", DnfConfiguration.conf(source, directory.path(), data));
        replace("home/.rpmmacros", RpmMacros.IN_COPIES.text());
        writeRepositories();
    }

    private static String keyName(Repository repository, int number) {
        return repository.id() + "-" + number + ".asc";
    }

    private void writeRepositories() throws IOException {
        replace("repos.d/stencil.repo", DnfConfiguration.repositories(source, signed(), this::keys, data));
    }

    /** The key files of one repository. */
    private List<Path> keys(Repository repository) {
        List<Path> files = new ArrayList<>();
        for (int i = 0; Files.exists(directory.resolve("keys").resolve(keyName(repository, i))); i++) {
            files.add(directory.resolve("keys").resolve(keyName(repository, i)));
        }
        return files;
    }

    /** The key files of all repositories. */
    List<Path> keys() {
        List<Path> files = new ArrayList<>();
        source.repositories().forEach(repository -> files.addAll(keys(repository)));
        return files;
    }

    private void replace(String name, String text) throws IOException {
        directory.replace(name, text.getBytes(StandardCharsets.UTF_8));
    }

    PackageSource source() {
        return source;
    }

    /** Where the repositories are to be had. */
    RepositoryAddresses addresses() {
        return new RepositoryAddresses(source, data);
    }

    Path directory() {
        return directory.path();
    }

    /** Whether {@code freshness} asks for new package lists now. */
    boolean isRefreshDue(Freshness freshness) {
        return freshness.isDue(() -> directory.isOlderThan(source.expire()));
    }

    /** Fetches package lists if {@code freshness} asks for it. */
    void refresh(Freshness freshness) {
        if (!isRefreshDue(freshness)) {
            return;
        }
        try {
            addresses().renew();
            findSigned();
            writeRepositories();
            Finished done;
            try (var scratch = RpmScratch.make()) {
                // Checking signatures starts a gpg-agent that outlives dnf: not this process namespace.
                List<String> inNamespace = List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
                done = run(inNamespace, new DnfQuestion("refresh").with("online", "1"), scratch);
            }
            if (!done.isSuccess()) {
                throw refreshFailure(done);
            }
            replace("repositories", done.text());
            directory.markRefreshed();
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot bring the package lists in " + data + " up to date: " + e.getMessage(), e);
        }
    }

    private static StencilException refreshFailure(Finished done) {
        String words = DnfWords.errors(done);
        boolean isDistrusted = words.contains("GPG") || words.contains("signature") || words.contains("signing key");
        boolean isMirror = done.status() == 4 && !isDistrusted;
        return new StencilException(
                isMirror ? Fault.FETCH_FAILED : Fault.PACKAGE_MANAGER,
                "Cannot bring the package lists up to date: " + words);
    }

    /** Ids of the repositories whose index is signed, and therefore has to be for ever. */
    private Set<String> signed() throws IOException {
        Path file = directory.resolve("signed");
        return Files.exists(file) ? new TreeSet<>(Files.readAllLines(file)) : new TreeSet<>();
    }

    /** An index that has a signature gets it checked; one that once had one is not accepted without. */
    private void findSigned() throws IOException {
        Set<String> signed = signed();
        Proxies proxies = new Proxies(source.environment());
        for (Repository repository : source.repositories()) {
            boolean mustBe = source.rules().indexesSigned()
                    || repository.kind() == RepositoryKind.ZYPP_REPOSITORY; // spec vzpkg 2.4: gpgcheck on
            if (RepositoryAddresses.isUsed(source, repository)
                    && !source.isUnsignedAllowed(repository)
                    && !signed.contains(repository.id())
                    && (mustBe || hasSignature(repository, proxies))) {
                signed.add(repository.id());
            }
        }
        replace("signed", signed.isEmpty() ? "" : String.join("\n", signed) + "\n");
    }

    private boolean hasSignature(Repository repository, Proxies proxies) {
        try {
            String signature = addresses().known(repository).getFirst() + "/repodata/repomd.xml.asc";
            return RemoteFile.read(URI.create(signature), proxies).isPresent();
        } catch (IOException | IllegalArgumentException unreachable) {
            return false; // dnf tries the other mirrors, and says what is wrong with this one
        }
    }

    /** When the lists were fetched last is known. */
    void requireLists() {
        if (!directory.isRefreshed()) {
            throw new StencilException(
                    Fault.METADATA_MISSING,
                    "There are no package lists in " + data + ". Fetch them: vzpkg update metadata.");
        }
    }

    /** The repositories as they were at the last refresh. */
    List<RepositoryState> repositoryStates() {
        requireLists();
        try {
            List<RepositoryState> states = new ArrayList<>();
            for (Answer answer : Answer.parseAll(Files.readString(directory.resolve("repositories")))) {
                states.add(RepositoryState.of(answer));
            }
            return states;
        } catch (IOException | IllegalArgumentException e) {
            throw new StencilException(
                    Fault.METADATA_MISSING,
                    "The package lists in " + data + " cannot be read: " + e.getMessage()
                            + ". Fetch them again: vzpkg update metadata.",
                    e);
        }
    }

    /** A copy of what {@code root} knows about its packages, which this dnf can read. */
    RpmScratch copy(Root root, RpmDatabase database) throws IOException {
        return RpmScratch.copy(root, database, host);
    }

    /** What dnf answers to {@code question}, with the package database of {@code scratch} as that of the root. */
    List<Answer> ask(DnfQuestion question, RpmScratch scratch) {
        Finished done = run(List.of(), question, scratch);
        if (!done.isSuccess()) {
            throw new StencilException(
                    done.status() == 4 ? Fault.METADATA_MISSING : Fault.PACKAGE_MANAGER, DnfWords.errors(done));
        }
        return Answer.parseAll(done.text());
    }

    /** Starts dnf, which takes as long as its answers: a question follows soon. */
    void expectQuestion() {
        if (directory.isRefreshed()) {
            dnf.begin(program(List.of()));
        }
    }

    /** @param before the words of a program that runs it, if one does */
    private Program program(List<String> before) {
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(PYTHON, "-I", "-c", DnfQuestion.PROGRAM));
        return Program.of(words.removeFirst())
                .args(words)
                .env(source.environment())
                .env("HOME", directory.resolve("home").toString());
    }

    private Finished run(List<String> before, DnfQuestion question, RpmScratch scratch) {
        RpmArch arch = RpmArch.of(source.arch());
        DnfQuestion whole = question.with("conf", directory.resolve("dnf.conf").toString())
                .with("releasever", source.rules().release())
                .with("arch", arch.machine())
                .with("basearch", arch.base())
                .with("root", scratch.root().toString())
                .with("persist", scratch.persist().toString());
        DnfQuestion ruled = source.rules()
                .weakDependencies()
                .map(weak -> whole.with("weak", weak ? "yes" : "no"))
                .orElse(whole);
        try {
            return dnf.run(program(before), ruled.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, e.getMessage() + ". Templates of the rpm family need dnf on the host.", e);
        }
    }
}
