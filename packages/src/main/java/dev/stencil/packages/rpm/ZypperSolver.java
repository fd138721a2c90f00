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
    public Solution solve(DnfState state, RpmScratch scratch, PackageRequest request, boolean isDescribed)
            throws IOException {
        configure(state, scratch);
        return switch (request) {
            case PackageRequest.Install(var names) -> {
                ZypperPlan plan = run(state, scratch, words("install", state.source(), DnfResolver.checked(names)));
                yield solution(state, scratch, names, plan, isDescribed);
            }
            case PackageRequest.Update(var names, var mayAddAndRemove) -> {
                String command = names.isEmpty() && mayAddAndRemove ? "dist-upgrade" : "update";
                List<String> words = words(command, state.source(), DnfResolver.checked(names));
                yield solution(state, scratch, List.of(), run(state, scratch, words), isDescribed);
            }
            case PackageRequest.Renew(var names) -> new Solution(all("update", names, state, scratch));
            case PackageRequest.Release(var names) -> new Solution(all("dist-upgrade", names, state, scratch));
            case PackageRequest.Remove(var names, var _) -> {
                List<String> words = new ArrayList<>(List.of("remove", "--dry-run"));
                words.addAll(DnfResolver.checked(names));
                yield solution(state, scratch, List.of(), run(state, scratch, words), isDescribed);
            }
            case PackageRequest.Exactly ignored ->
                throw new StencilException(Fault.INTERNAL, "Nothing is to be decided about " + ignored);
            case PackageRequest.InstallFiles(var files) -> {
                List<String> words = words("install", state.source(), List.of());
                words.add(1, "--allow-unsigned-rpm");
                files.forEach(file -> words.add(file.toAbsolutePath().toString()));
                yield solution(state, scratch, files, run(state, scratch, words), isDescribed);
            }
        };
    }

    /** What {@code command} does to everything installed, and in the same go what brings {@code names}. */
    private Resolution all(String command, List<String> names, DnfState state, RpmScratch scratch) throws IOException {
        Resolution newer = plan(state, scratch, names, words(command, state.source(), List.of()));
        return names.isEmpty()
                ? newer
                : union(
                        newer,
                        plan(state, scratch, names, words("install", state.source(), DnfResolver.checked(names))));
    }

    private Resolution plan(DnfState state, RpmScratch scratch, List<String> names, List<String> words)
            throws IOException {
        return solution(state, scratch, names, run(state, scratch, words), false)
                .resolution();
    }

    /** The command line of what changes nothing yet; more words may be put into it. */
    private static List<String> words(String command, PackageSource source, List<String> names) {
        List<String> words = new ArrayList<>(List.of(command));
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

    private void configure(DnfState state, RpmScratch scratch) throws IOException {
        ZypperLists.of(state, this::zypper).linkInto(scratch.root());
        var locks = new StringBuilder();
        for (String exclude : state.source().excludes()) {
            locks.append("type: package\nmatch_type: glob\ncase_sensitive: on\nsolvable_name: ")
                    .append(exclude)
                    .append("\n\n");
        }
        Files.writeString(scratch.root().resolve("etc/zypp/locks"), locks);
        Files.writeString(
                scratch.root().resolve("etc/zypp/zypp.conf"),
                "[main]\narch = " + RpmArch.of(state.source().arch()).machine() + "\n");
        Files.createDirectories(scratch.root().resolve("tmp"));
    }

    private ZypperPlan run(DnfState state, RpmScratch scratch, List<String> words) throws IOException {
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

    /** Runs zypper on {@code scratch}. */
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
    private Solution solution(DnfState state, RpmScratch scratch, List<?> asked, ZypperPlan plan, boolean isDescribed)
            throws IOException {
        List<Path> local = asked.stream()
                .filter(Path.class::isInstance)
                .map(Path.class::cast)
                .toList();
        Map<PackageName, Path> files = names(local);
        List<PackageName> offered =
                plan.coming().stream().filter(name -> !files.containsKey(name)).toList();
        DnfQuestion wanted = DnfResolver.wanted(offered);
        List<Answer> answers = offered.isEmpty()
                ? List.of()
                : state.ask(isDescribed ? wanted.with("described", "yes") : wanted, scratch);
        List<PackageFile> install = new ArrayList<>(DnfResolver.offered(Solution.part(answers, false)));
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
        return new Solution(
                DnfResolver.plan(install, plan.leaving(), plan.leaving(), plan.replaced(), automatic),
                Solution.part(answers, true));
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
