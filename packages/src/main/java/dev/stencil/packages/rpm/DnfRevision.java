package dev.stencil.packages.rpm;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Lets dnf bring some packages of a set up to date as if the set were installed: in a database of ours, made by the real rpm
 * from the files' headers. So dnf itself finds what newer versions force, and leaves everything else alone.
 */
final class DnfRevision {
    private final ProgramRunner host;
    private final DnfState state;
    private final Function<PackageFile, Path> stored;

    /** @param stored where the package store keeps a fetched file */
    DnfRevision(ProgramRunner host, DnfState state, Function<PackageFile, Path> stored) {
        this.host = host;
        this.state = state;
        this.stored = stored;
    }

    /** All of {@code present} must have been fetched. */
    Resolution of(Resolution present, Revision revision) {
        state.requireLists();
        try (RpmScratch scratch = RpmScratch.make()) {
            record(present.install(), scratch);
            DnfQuestion question = new DnfQuestion("resolve");
            if (revision.newer().isEmpty()) {
                question = question.with(revision.securityOnly() ? "upgrade-security" : "upgrade-all", "yes");
            } else {
                question = question.with(
                        revision.securityOnly() ? "upgrade-security-of" : "upgrade",
                        DnfResolver.checked(revision.newer()));
            }
            question = question.with("install", missing(present, revision.wanted()));
            Resolution change = DnfResolver.read(state.ask(question, scratch));
            return after(present, change);
        } catch (IOException | IllegalArgumentException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "The packages cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    private void record(List<PackageFile> files, RpmScratch scratch) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Finished done = host.run(RpmQuery.rpm("rpm", "--root", scratch.root().toString())
                .args(RpmMacros.IN_COPIES.with("_db_backend", "sqlite").options())
                .args(
                        "-U",
                        "--justdb",
                        "--nodeps",
                        "--noscripts",
                        "--notriggers",
                        "--nosignature",
                        "--ignorearch",
                        "--ignoreos",
                        "--ignoresize")
                .args(files.stream().map(file -> stored.apply(file).toString()).toList()));
        if (!done.isSuccess()) {
            throw new IOException(DnfWords.errors(done));
        }
    }

    private static List<String> missing(Resolution present, List<String> wanted) {
        return DnfResolver.checked(wanted).stream()
                .filter(word -> present.install().stream().noneMatch(file -> RpmMatch.RULE.matches(word, file.name())))
                .toList();
    }

    /** All of {@code present} but what goes or gives way, and what comes. */
    private static Resolution after(Resolution present, Resolution change) {
        Set<PackageName> gone = new HashSet<>(change.remove());
        gone.addAll(change.replaced());
        List<PackageFile> files = new ArrayList<>();
        for (PackageFile file : present.install()) {
            if (!gone.contains(file.name())) {
                files.add(file);
            }
        }
        files.addAll(change.install());
        Set<String> automatic = new HashSet<>(present.automatic());
        automatic.addAll(change.automatic());
        Set<String> names = new HashSet<>();
        files.forEach(file -> names.add(file.name().name()));
        automatic.retainAll(names);
        return new Resolution(files, change.remove(), change.replaced(), List.of(), automatic);
    }
}
