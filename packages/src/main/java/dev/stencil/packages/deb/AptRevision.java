package dev.stencil.packages.deb;

import dev.stencil.host.Progress;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets apt bring some packages of a set up to date as if the set were installed. So apt itself finds what newer versions
 * force, and leaves everything else alone, whether or not the archive still has those versions.
 */
final class AptRevision {
    private final AptState state;
    private final PackageStore store;
    private final Progress progress;

    AptRevision(AptState state, PackageStore store, Progress progress) {
        this.state = state;
        this.store = store;
        this.progress = progress;
    }

    Resolution of(Resolution present, Revision revision) throws IOException {
        state.requireLists();
        Map<String, Paragraph> records = records(present.install());
        List<String> words = new ArrayList<>(AptResolver.checked(revision.newer()));
        words.addAll(missing(present, records, AptResolver.checked(revision.wanted())));
        if (words.isEmpty() && !revision.newer().isEmpty()) {
            return present;
        }
        try (AptRoot view = AptRoot.of(asInstalled(present, records), state.source())) {
            List<String> command = new ArrayList<>();
            if (revision.securityOnly()) {
                Path pins = Files.writeString(view.directory().resolve("preferences"), securityPins());
                command.addAll(List.of("-o", "Dir::Etc::preferences=" + pins));
            }
            command.add(revision.newer().isEmpty() ? "dist-upgrade" : "install");
            command.addAll(words);
            Resolution change = new AptResolver(state).plan(view, revision.wanted(), List.of(), command);
            return after(present, change, revision.wanted());
        }
    }

    private List<String> missing(Resolution present, Map<String, Paragraph> records, List<String> wanted) {
        List<DebMember> members = new ArrayList<>();
        for (PackageFile file : present.install()) {
            Paragraph record = records.get(file.sha256().hex());
            if (record != null) {
                members.add(DebMember.of(file.name(), record));
            }
        }
        var relations = new DebRelations(state.source().arch().debianName(), members);
        return wanted.stream().filter(word -> relations.meant(word).isEmpty()).toList();
    }

    /** All of {@code present} but what goes or gives way, and what comes. */
    private static Resolution after(Resolution present, Resolution change, List<String> wanted) {
        Set<String> gone = new HashSet<>();
        change.remove().forEach(name -> gone.add(name.toString()));
        change.replaced().forEach(name -> gone.add(name.toString()));
        List<PackageFile> files = new ArrayList<>();
        for (PackageFile file : present.install()) {
            if (!gone.contains(file.name().toString())) {
                files.add(file);
            }
        }
        files.addAll(change.install());
        return new Resolution(
                files, change.remove(), change.replaced(), List.of(), AptResolver.automatic(files, wanted));
    }

    private InstalledRoot asInstalled(Resolution present, Map<String, Paragraph> records) {
        String nativeArch = state.source().arch().debianName();
        var status = new StringBuilder();
        var states = new StringBuilder();
        for (PackageFile file : present.install()) {
            PackageName name = file.name();
            Paragraph record = records.get(file.sha256().hex());
            status.append(record == null ? "" : record.text()).append("Status: install ok installed\n\n");
            if (present.automatic().contains(name.name())) {
                String arch = name.arch().equals("all") ? nativeArch : name.arch();
                states.append("Package: ")
                        .append(name.name())
                        .append("\nArchitecture: ")
                        .append(arch);
                states.append("\nAuto-Installed: 1\n\n");
            }
        }
        return new InstalledRoot(status.toString(), List.of(), states.toString());
    }

    /** By digest, of all: from the lists, else from the files themselves. */
    private Map<String, Paragraph> records(List<PackageFile> files) throws IOException {
        Map<String, Paragraph> records = new HashMap<>(AptRecords.byDigest(state, files));
        List<PackageFile> unknown = files.stream()
                .filter(file -> !records.containsKey(file.sha256().hex()))
                .toList();
        store.fetch(unknown, progress);
        for (PackageFile file : unknown) {
            records.put(
                    file.sha256().hex(), DebPackage.read(file, store.path(file)).control());
        }
        return records;
    }

    /** Below the priority of what is installed, so that only what is missing comes from there. Source: apt_preferences(5). */
    private String securityPins() throws IOException {
        var pins = new StringBuilder(AptConfiguration.preferences(state.source()));
        for (String release :
                new AptIndex(state).releasesWithoutSecurity(state.source().repositories())) {
            pins.append("Package: *\nPin: release ").append(release).append("\nPin-Priority: 90\n\n");
        }
        return pins.toString();
    }
}
