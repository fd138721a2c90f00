package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks apt what it would do, and turns the answer into exact packages. Nothing is changed and no network is used. */
final class AptResolver {
    private final AptState state;

    AptResolver(AptState state) {
        this.state = state;
    }

    /**
     * For an empty root: the Essential packages, whatever they need, and what is asked for. Debian releases whose
     * {@code /bin} is a link made by a tool and not by a package, known by an Essential package that asks for it, get
     * {@code usr-is-merged}, so that apt does not choose {@code usrmerge}, which would pull in all of perl.
     */
    Resolution resolveEmpty(List<String> names) {
        state.requireLists();
        List<String> wanted = new ArrayList<>();
        wanted.add("?and(?architecture(" + state.source().arch().debianName() + "),?essential)");
        if (!names.contains("usrmerge")) {
            wanted.add("?and(?exact-name(usr-is-merged),?reverse-depends(?essential))");
        }
        wanted.addAll(checked(names));
        Finished printed =
                succeed(state.apt("apt-get", "--print-uris", "-q", "install").args(wanted));
        List<PackageFile> files = AptPlan.files(printed.text());
        return new Resolution(files, List.of(), List.of(), List.of(), automatic(files, names));
    }

    /** For a root with a database, of which a copy is used. */
    Resolution resolve(Path root, PackageRequest request) {
        if (!request.isDecided()) {
            state.requireLists();
        }
        try (AptRoot view = AptRoot.copy(root, state.source())) {
            return switch (request) {
                case PackageRequest.Install(var names) -> plan(view, names, List.of(), words("install", names));
                case PackageRequest.Update(var names, var mayAddAndRemove) ->
                    plan(view, List.of(), List.of(), update(names, mayAddAndRemove));
                case PackageRequest.Renew(var names) -> plan(view, names, List.of(), renew(names));
                case PackageRequest.Release(var names) -> plan(view, names, List.of(), words("dist-upgrade", names));
                case PackageRequest.Remove(var names, var withDependants) -> remove(view, names, withDependants);
                case PackageRequest.InstallFiles(var files) -> installFiles(view, files);
                case PackageRequest.Exactly(var files, var remove) -> exactly(view, files, remove);
            };
        } catch (IOException | IllegalArgumentException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "Cannot read the package database of " + root + ": " + e.getMessage(), e);
        }
    }

    private static List<String> words(String command, List<String> names) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(checked(names));
        return words;
    }

    /** Names go to apt unchanged, but not as options; words that begin with {@code *} are dropped (spec vzpkg 2.4). */
    static List<String> checked(List<String> names) {
        for (String name : names) {
            if (name.isEmpty() || name.startsWith("-")) {
                throw new StencilException(Fault.PACKAGE_MANAGER, "\"" + name + "\" is not the name of a package.");
            }
        }
        return names.stream().filter(name -> !name.startsWith("*")).toList();
    }

    private static List<String> update(List<String> names, boolean mayAddAndRemove) {
        if (!names.isEmpty()) {
            List<String> words = new ArrayList<>(List.of("--only-upgrade"));
            words.addAll(words("install", names));
            return words;
        }
        return List.of(mayAddAndRemove ? "dist-upgrade" : "upgrade");
    }

    private static List<String> renew(List<String> names) {
        List<String> words = new ArrayList<>(List.of("--with-new-pkgs"));
        words.addAll(words("upgrade", names));
        return words;
    }

    private Resolution remove(AptRoot view, List<String> names, boolean withDependants) {
        Resolution plan = plan(view, List.of(), List.of(), words("remove", names));
        if (!withDependants) {
            Set<String> asked = new HashSet<>();
            names.forEach(name -> asked.add(bare(name)));
            List<String> others = plan.remove().stream()
                    .map(PackageName::name)
                    .filter(name -> !asked.contains(name))
                    .toList();
            if (!others.isEmpty()) {
                throw new StencilException(
                        Fault.PACKAGE_MANAGER,
                        String.join(", ", others)
                                + " would have to go as well. Remove with dependants (-w), or name them.");
            }
        }
        return plan;
    }

    private Resolution installFiles(AptRoot view, List<Path> paths) throws IOException {
        List<PackageFile> local = new ArrayList<>();
        List<String> words = new ArrayList<>(List.of("--allow-downgrades", "install"));
        for (Path path : paths) {
            local.add(LocalPackage.describe(path));
            words.add(path.toAbsolutePath().toString());
        }
        return plan(view, local.stream().map(file -> file.name().name()).toList(), local, words);
    }

    /** Files of exactly these builds, as far as the lists name them. */
    List<PackageFile> find(List<PackageName> names) {
        state.requireLists();
        if (names.isEmpty()) {
            return List.of();
        }
        List<String> words = names.stream().map(AptResolver::exact).toList();
        Finished printed =
                state.run(state.apt("apt-get", "--print-uris", "-q", "download").args(words));
        if (printed.isSuccess()) {
            return AptPlan.files(printed.text());
        }
        if (names.size() == 1) {
            return List.of();
        }
        int half = names.size() / 2;
        List<PackageFile> found = new ArrayList<>(find(names.subList(0, half)));
        found.addAll(find(names.subList(half, names.size())));
        return found;
    }

    private static String exact(PackageName name) {
        String arch = name.arch().isEmpty() || name.arch().equals("all") ? "" : ":" + name.arch();
        return name.name() + arch + "=" + name.version();
    }

    /** Removals come first, for what goes may exclude what comes. */
    private static Resolution exactly(AptRoot view, List<PackageFile> files, List<PackageName> remove) {
        List<Resolution.Step> steps = new ArrayList<>();
        List<PackageName> replaced = new ArrayList<>();
        remove.forEach(name -> steps.add(new Resolution.Step.Remove(name)));
        for (PackageFile file : files) {
            steps.add(new Resolution.Step.Unpack(file.name()));
            view.installed().stream()
                    .map(InstalledPackage::name)
                    .filter(name -> name.name().equals(file.name().name())
                            && name.arch().equals(file.name().arch()))
                    .forEach(replaced::add);
        }
        files.forEach(file -> steps.add(new Resolution.Step.Configure(file.name())));
        return new Resolution(files, remove, replaced, steps);
    }

    /**
     * What apt would do with {@code view}.
     *
     * @param manual names that are asked for
     * @param local packages of {@code words} that are files of the host
     * @param words apt-get's command with its operands
     */
    Resolution plan(AptRoot view, List<String> manual, List<PackageFile> local, List<String> words) {
        Program command = state.apt("apt-get", "-q").args(view.options());
        Finished simulated = succeed(command.args("--simulate").args(words));
        List<AptPlan.Action> actions = AptPlan.actions(simulated.text());
        List<PackageFile> files = new ArrayList<>();
        if (actions.stream().anyMatch(action -> action.verb().equals("Inst"))) {
            Finished printed = succeed(command.args("--print-uris").args(words));
            files.addAll(AptPlan.files(withoutLocal(printed.text(), local)));
            files.addAll(local);
        }
        return new PlanReader(view.installed(), files).read(actions, automatic(files, manual));
    }

    /** apt prints files of the host as addresses too, without a digest. */
    private static String withoutLocal(String printed, List<PackageFile> local) {
        Set<String> addresses = new HashSet<>();
        local.forEach(file -> addresses.add("'" + file.uri()));
        return String.join(
                "\n",
                printed.lines()
                        .filter(line -> addresses.stream().noneMatch(line::startsWith))
                        .filter(line -> local.isEmpty() || !line.startsWith("'file:") || line.contains("SHA256:"))
                        .toList());
    }

    private Finished succeed(Program apt) {
        Finished done = state.run(apt);
        if (!done.isSuccess()) {
            throw new StencilException(Fault.PACKAGE_MANAGER, AptWords.errorsAndReasons(done));
        }
        return done;
    }

    static Set<String> automatic(List<PackageFile> files, List<String> manual) {
        Set<String> asked = new HashSet<>();
        manual.forEach(name -> asked.add(bare(name)));
        Set<String> automatic = new HashSet<>();
        for (PackageFile file : files) {
            if (!asked.contains(file.name().name())) {
                automatic.add(file.name().name());
            }
        }
        return automatic;
    }

    /** {@code name} of {@code name=version}, {@code name/suite}, {@code name:arch}. */
    private static String bare(String word) {
        int end = 0;
        while (end < word.length() && "=/:".indexOf(word.charAt(end)) < 0) {
            end++;
        }
        return word.substring(0, end);
    }

    /** Puts the actions of a simulation together with the files and with what is installed. */
    private record PlanReader(List<InstalledPackage> installed, List<PackageFile> files) {
        Resolution read(List<AptPlan.Action> actions, Set<String> automatic) {
            List<PackageName> removed = new ArrayList<>();
            List<PackageName> replaced = new ArrayList<>();
            List<Resolution.Step> steps = new ArrayList<>();
            for (AptPlan.Action action : actions) {
                switch (action.verb()) {
                    case "Inst" -> {
                        steps.add(new Resolution.Step.Unpack(fileOf(action)));
                        installedOf(action).ifPresent(replaced::add);
                    }
                    case "Conf" -> steps.add(new Resolution.Step.Configure(configured(action)));
                    default -> {
                        PackageName gone = installedOf(action)
                                .orElseThrow(() -> new StencilException(
                                        Fault.PACKAGE_MANAGER,
                                        "apt wants to remove " + action.name() + ", which is not installed"));
                        removed.add(gone);
                        steps.add(new Resolution.Step.Remove(gone));
                    }
                }
            }
            return new Resolution(files, removed, replaced, steps, automatic);
        }

        private PackageName fileOf(AptPlan.Action action) {
            return find(action)
                    .orElseThrow(() -> new StencilException(
                            Fault.PACKAGE_MANAGER,
                            "apt gives no file for " + action.name() + ", which it wants to install"));
        }

        private Optional<PackageName> find(AptPlan.Action action) {
            return files.stream()
                    .map(PackageFile::name)
                    .filter(name -> name.name().equals(action.name()) && fits(name, action.arch()))
                    .findFirst();
        }

        private static boolean fits(PackageName name, String arch) {
            return arch.isEmpty() || arch.equals(name.arch());
        }

        private Optional<PackageName> installedOf(AptPlan.Action action) {
            List<PackageName> candidates = installed.stream()
                    .map(InstalledPackage::name)
                    .filter(name -> name.name().equals(action.name()))
                    .filter(name ->
                            action.oldVersion().map(name.version()::equals).orElse(false))
                    .toList();
            return candidates.stream()
                    .filter(name -> fits(name, action.arch()))
                    .findFirst()
                    .or(() -> candidates.stream().findFirst());
        }

        /** A package configured is one that was unpacked before, or one left half-configured in the root. */
        private PackageName configured(AptPlan.Action action) {
            return find(action)
                    .orElseGet(() ->
                            new PackageName(action.name(), action.newVersion().orElse(""), action.arch()));
        }
    }
}
