package dev.stencil.packages.rpm;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks dnf what it would do, and turns the answer into exact packages. Nothing is changed and no network is used. */
final class DnfResolver {
    private final ProgramRunner host;
    private final DnfState state;
    private final Solver solver;

    DnfResolver(ProgramRunner host, DnfState state) {
        this(host, state, Solver.DNF);
    }

    /** @param solver who decides instead of dnf */
    DnfResolver(ProgramRunner host, DnfState state, Solver solver) {
        this.host = host;
        this.state = state;
        this.solver = solver;
    }

    /** What dnf itself decides. */
    static Solver.Solution askDnf(DnfState state, RpmScratch scratch, PackageRequest request, boolean isDescribed) {
        DnfQuestion question = question(state, request);
        List<Answer> answers = state.ask(isDescribed ? question.with("described", "yes") : question, scratch);
        return new Solver.Solution(read(Solver.Solution.part(answers, false)), Solver.Solution.part(answers, true));
    }

    /** For a root without packages. */
    Resolution resolveEmpty(PackageRequest request) {
        return resolveEmpty(request, false).resolution();
    }

    /** The same, with what the lists say about the packages. */
    Solver.Solution describedForEmpty(PackageRequest.Install request) {
        return resolveEmpty(request, true);
    }

    private Solver.Solution resolveEmpty(PackageRequest request, boolean isDescribed) {
        state.requireLists();
        try (RpmScratch scratch = RpmScratch.make()) {
            return solver.solve(state, scratch, request, isDescribed);
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot work in a temporary directory: " + e.getMessage(), e);
        }
    }

    /** For a root with a database, of which a copy is used. */
    Resolution resolve(Path path, PackageRequest request) {
        if (!request.isDecided()) {
            state.requireLists();
        }
        try (Root root = Root.open(path)) {
            Optional<RpmDatabase> database = RpmDatabase.find(root);
            if (database.isEmpty()) {
                throw new IOException("there is none");
            }
            try (RpmScratch copy = RpmScratch.copy(root, database.get(), host)) {
                if (request instanceof PackageRequest.Remove(var names, var withDependants) && !withDependants) {
                    return removeAlone(path, names, copy);
                }
                if (request instanceof PackageRequest.Exactly(var files, var remove)) {
                    return exactly(new RpmQuery(host).installed(path), files, remove);
                }
                return solver.solve(state, copy, request, false).resolution();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "Cannot read the package database of " + path + ": " + e.getMessage(), e);
        }
    }

    private static DnfQuestion question(DnfState state, PackageRequest request) {
        DnfQuestion question = new DnfQuestion("resolve");
        if (state.source().rules().mayErase()) {
            question = question.with("erase", "yes");
        }
        return switch (request) {
            case PackageRequest.Install(var names) -> question.with("install", checked(names));
            case PackageRequest.Update(var names, var _) ->
                names.isEmpty() ? question.with("upgrade-all", "yes") : question.with("upgrade", checked(names));
            case PackageRequest.Renew(var names) ->
                question.with("upgrade-all", "yes").with("install", checked(names));
            case PackageRequest.Release(var names) ->
                question.with("sync-all", "yes").with("install", checked(names));
            case PackageRequest.Remove(var names, var _) ->
                question.with("remove", checked(names)).with("erase", "yes");
            case PackageRequest.Exactly ignored ->
                throw new StencilException(Fault.INTERNAL, "Nothing is to be decided about " + ignored);
            case PackageRequest.InstallFiles(var files) ->
                question.with("file", files.stream().map(file -> absolute(file)).toList());
        };
    }

    private static Resolution exactly(
            List<InstalledPackage> installed, List<PackageFile> files, List<PackageName> remove) {
        List<PackageName> replaced = new ArrayList<>();
        for (PackageFile file : files) {
            installed.stream()
                    .map(InstalledPackage::name)
                    .filter(name -> name.name().equals(file.name().name())
                            && name.arch().equals(file.name().arch()))
                    .forEach(replaced::add);
        }
        return plan(files, remove, remove, replaced, Set.of());
    }

    /** Files of exactly these builds, as far as the lists name them. */
    List<PackageFile> find(List<PackageName> names) {
        state.requireLists();
        try (RpmScratch scratch = RpmScratch.make()) {
            DnfQuestion question = wanted(names).with("lenient", "yes");
            return names.isEmpty() ? List.of() : offered(state.ask(question, scratch));
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot work in a temporary directory: " + e.getMessage(), e);
        }
    }

    /** Asks for the files of these builds. */
    static DnfQuestion wanted(List<PackageName> names) {
        return new DnfQuestion("locate")
                .with(
                        "wanted",
                        names.stream()
                                .map(name -> name.name() + " " + name.version() + " " + name.arch())
                                .toList());
    }

    static List<PackageFile> offered(List<Answer> answers) {
        return answers.stream().map(DnfResolver::offered).toList();
    }

    private static String absolute(Path file) {
        if (!java.nio.file.Files.isRegularFile(file)) {
            throw new StencilException(Fault.FILE_NOT_FOUND, file + " is not a file.");
        }
        return file.toAbsolutePath().toString();
    }

    /** Names go to dnf unchanged, but not as options. Groups begin with {@code @}. */
    static List<String> checked(List<String> names) {
        for (String name : names) {
            if (name.isEmpty() || name.startsWith("-") || name.indexOf('\n') >= 0) {
                throw new StencilException(Fault.PACKAGE_MANAGER, "\"" + name + "\" is not the name of a package.");
            }
        }
        return names;
    }

    /** Without dependants rpm alone is asked, which refuses in its own words when something needs them (spec vzpkg 6.9). */
    private Resolution removeAlone(Path path, List<String> names, RpmScratch copy) throws IOException {
        Finished done = host.run(RpmQuery.rpm("rpm", "--dbpath", copy.database().toString(), "-e", "--test")
                .args(checked(names)));
        if (!done.isSuccess()) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, DnfWords.errors(done) + "\nRemove with dependants (-w), or name them.");
        }
        List<PackageName> going = new ArrayList<>();
        for (InstalledPackage installed : new RpmQuery(host).installed(path)) {
            if (names.stream().anyMatch(word -> RpmMatch.RULE.matches(word, installed.name()))) {
                going.add(installed.name());
            }
        }
        return plan(List.of(), going, going, List.of(), Set.of());
    }

    static Resolution read(List<Answer> answers) {
        List<PackageFile> files = new ArrayList<>();
        List<PackageName> leaving = new ArrayList<>();
        List<PackageName> erased = new ArrayList<>();
        List<PackageName> replaced = new ArrayList<>();
        Set<String> automatic = new HashSet<>();
        for (Answer answer : answers) {
            switch (answer.kind()) {
                case "install" -> {
                    files.add(offered(answer));
                    addAutomatic(answer, answer.field(8), automatic);
                }
                case "local" -> files.add(LocalRpm.describe(answer.packageName(), Path.of(answer.field(3))));
                case "remove" -> {
                    leaving.add(answer.packageName());
                    erased.add(answer.packageName());
                }
                case "obsoleted" -> leaving.add(answer.packageName());
                case "replaced" -> replaced.add(answer.packageName());
                default -> throw new IllegalArgumentException("dnf answers something unknown: " + answer.kind());
            }
        }
        return plan(files, leaving, erased, replaced, automatic);
    }

    private static void addAutomatic(Answer answer, String reason, Set<String> automatic) {
        if (reason.equals("automatic")) {
            automatic.add(answer.field(0));
        }
    }

    /**
     * @param erased those of {@code leaving} that rpm is told to remove; the others go by being obsoleted
     */
    static Resolution plan(
            List<PackageFile> files,
            List<PackageName> leaving,
            List<PackageName> erased,
            List<PackageName> replaced,
            Set<String> automatic) {
        List<Resolution.Step> steps = new ArrayList<>();
        erased.forEach(name -> steps.add(new Resolution.Step.Remove(name)));
        files.forEach(file -> steps.add(new Resolution.Step.Unpack(file.name())));
        return new Resolution(files, leaving, replaced, steps, automatic);
    }

    static PackageFile offered(Answer answer) {
        PackageName name = answer.packageName();
        if (!answer.field(6).equals("sha256")) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    "The repository " + answer.field(3) + " gives a " + answer.field(6) + " digest of " + name
                            + "; only sha256 is accepted.");
        }
        return new PackageFile(
                name,
                URI.create(quoted(answer.field(4))),
                Long.parseLong(answer.field(5)),
                new Digest(answer.field(7)));
    }

    /** Names of packages hold characters that addresses do not, {@code ^} above all. */
    static String quoted(String address) {
        var text = new StringBuilder();
        for (byte octet : address.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if (c <= 0x20 || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
                text.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                text.append((char) c);
            }
        }
        return text.toString();
    }
}
