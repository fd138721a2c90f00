package dev.stencil.packages.rpm;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/**
 * Lets zypper decide, in a root of ours with nothing of the host's in {@code /etc/zypp}. Its repositories are the lists that
 * were fetched and checked already, so both tools of the family see the same state, and it needs no network.
 */
final class ZypperSolver implements Solver {
    private final ProgramRunner host;

    ZypperSolver(ProgramRunner host) {
        this.host = host;
    }

    @Override
    public Resolution solve(DnfState state, RpmScratch scratch, PackageRequest request) throws IOException {
        configure(state, scratch);
        return switch (request) {
            case PackageRequest.Install(var names) ->
                plan(state, scratch, names, run(state, scratch, install(state.source(), DnfResolver.checked(names))));
            case PackageRequest.Update(var names, var mayAddAndRemove) -> {
                List<String> words = new ArrayList<>();
                words.add(names.isEmpty() && mayAddAndRemove ? "dist-upgrade" : "update");
                words.addAll(weak(state.source()));
                words.add("--dry-run");
                words.addAll(DnfResolver.checked(names));
                yield plan(state, scratch, List.of(), run(state, scratch, words));
            }
            case PackageRequest.Renew(var names) -> all("update", names, state, scratch);
            case PackageRequest.Release(var names) -> all("dist-upgrade", names, state, scratch);
            case PackageRequest.Remove(var names, var _) -> {
                List<String> words = new ArrayList<>(List.of("remove", "--dry-run"));
                words.addAll(DnfResolver.checked(names));
                yield plan(state, scratch, List.of(), run(state, scratch, words));
            }
            case PackageRequest.Exactly ignored ->
                throw new StencilException(Fault.INTERNAL, "Nothing is to be decided about " + ignored);
            case PackageRequest.InstallFiles(var files) -> {
                List<String> words = new ArrayList<>(install(state.source(), List.of()));
                words.add(1, "--allow-unsigned-rpm");
                files.forEach(file -> words.add(file.toAbsolutePath().toString()));
                yield plan(state, scratch, files, run(state, scratch, words));
            }
        };
    }

    /** What {@code command} does to everything installed, and in the same go what brings {@code names}. */
    private Resolution all(String command, List<String> names, DnfState state, RpmScratch scratch) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(weak(state.source()));
        words.add("--dry-run");
        Resolution newer = plan(state, scratch, names, run(state, scratch, words));
        if (names.isEmpty()) {
            return newer;
        }
        List<String> more = install(state.source(), DnfResolver.checked(names));
        return union(newer, plan(state, scratch, names, run(state, scratch, more)));
    }

    private static List<String> install(PackageSource source, List<String> names) {
        List<String> words = new ArrayList<>(List.of("install"));
        words.addAll(weak(source));
        if (source.rules().mayErase()) {
            words.add("--force-resolution");
        }
        words.add("--dry-run");
        words.addAll(names);
        return words;
    }

    /** Without a word of the template zypper's own default counts. */
    private static List<String> weak(PackageSource source) {
        return source.rules()
                .weakDependencies()
                .map(weak -> List.of(weak ? "--recommends" : "--no-recommends"))
                .orElse(List.of());
    }

    private static void configure(DnfState state, RpmScratch scratch) throws IOException {
        Path etc = Files.createDirectories(scratch.root().resolve("etc/zypp/repos.d"));
        for (RepositoryState repository : state.repositoryStates()) {
            Path folder = scratch.persist().resolve(repository.id());
            ListedRepository.make(repository, folder);
            Files.writeString(
                    etc.resolve(repository.id() + ".repo"),
                    "[" + repository.id() + "]\nname=" + repository.id() + "\nenabled=1\nautorefresh=0\nbaseurl=dir:"
                            + folder + "\ntype=rpm-md\ngpgcheck=0\nrepo_gpgcheck=0\npkg_gpgcheck=0\n");
        }
        var locks = new StringBuilder();
        for (String exclude : state.source().excludes()) {
            locks.append("type: package\nmatch_type: glob\ncase_sensitive: on\nsolvable_name: ")
                    .append(exclude)
                    .append("\n\n");
        }
        Files.writeString(etc.resolveSibling("locks"), locks);
        Files.writeString(
                etc.resolveSibling("zypp.conf"),
                "[main]\narch = " + RpmArch.of(state.source().arch()).machine() + "\n");
        Files.createDirectories(scratch.root().resolve("tmp"));
    }

    private ZypperPlan run(DnfState state, RpmScratch scratch, List<String> words) throws IOException {
        zypper(state, scratch, List.of("--quiet", "refresh")).orThrow();
        List<String> command = new ArrayList<>(List.of("--xmlout", "--no-refresh"));
        command.addAll(words);
        Finished done = zypper(state, scratch, command);
        ZypperPlan plan = read(done);
        if (!done.isSuccess()) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, plan.words().isEmpty() ? DnfWords.errors(done) : plan.words());
        }
        return plan;
    }

    private static ZypperPlan read(Finished done) {
        try {
            return ZypperPlan.parse(done.text());
        } catch (XMLStreamException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "zypper: " + DnfWords.errors(done), e);
        }
    }

    private Finished zypper(DnfState state, RpmScratch scratch, List<String> words) {
        Program program = Program.of(
                        "zypper", "--root", scratch.root().toString(), "--non-interactive", "--no-gpg-checks")
                .args("--releasever", state.source().rules().release())
                .args(words)
                .env("HOME", state.directory().resolve("home").toString())
                .env("ZYPP_LOGFILE", scratch.persist().resolve("zypper.log").toString())
                .env("ZYPP_LOCKFILE_ROOT", scratch.root().toString());
        try {
            return host.run(program);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    e.getMessage() + ". Templates of the rpmzypp family need zypper on the host.",
                    e);
        }
    }

    /** @param asked names or files that were asked for; all else counts as automatic */
    private Resolution plan(DnfState state, RpmScratch scratch, List<?> asked, ZypperPlan plan) throws IOException {
        List<Path> local = asked.stream()
                .filter(Path.class::isInstance)
                .map(Path.class::cast)
                .toList();
        Map<PackageName, Path> files = names(local);
        List<PackageName> offered =
                plan.coming().stream().filter(name -> !files.containsKey(name)).toList();
        List<PackageFile> install = new ArrayList<>(DnfResolver.locate(state, scratch, offered, false));
        files.forEach((name, file) -> {
            if (plan.coming().contains(name)) {
                install.add(LocalRpm.describe(name, file));
            }
        });
        Set<String> automatic = new HashSet<>();
        for (PackageFile file : install) {
            boolean isAsked = asked.stream()
                    .anyMatch(word -> word instanceof String text
                            ? RpmMatch.RULE.matches(text, file.name())
                            : files.containsKey(file.name()));
            if (!isAsked) {
                automatic.add(file.name().name());
            }
        }
        return DnfResolver.plan(install, plan.leaving(), plan.leaving(), plan.replaced(), automatic);
    }

    private Map<PackageName, Path> names(List<Path> files) throws IOException {
        Map<PackageName, Path> names = new HashMap<>();
        for (Path file : files) {
            names.put(new RpmQuery(host).nameOf(file), file);
        }
        return names;
    }

    private static Resolution union(Resolution a, Resolution b) {
        Set<PackageFile> install = new LinkedHashSet<>(a.install());
        install.addAll(b.install());
        Set<PackageName> leaving = new LinkedHashSet<>(a.remove());
        leaving.addAll(b.remove());
        Set<PackageName> replaced = new LinkedHashSet<>(a.replaced());
        replaced.addAll(b.replaced());
        Set<String> automatic = new HashSet<>(a.automatic());
        automatic.retainAll(b.automatic());
        List<PackageName> gone = List.copyOf(leaving);
        return DnfResolver.plan(List.copyOf(install), gone, gone, List.copyOf(replaced), automatic);
    }
}
