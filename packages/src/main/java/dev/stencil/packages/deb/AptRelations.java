package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the control data of chosen packages: from apt's lists before anything is fetched, from the files afterwards. */
final class AptRelations {
    private AptRelations() {}

    /** By apt's lists; where those do not describe a file any more, by the file itself if {@code store} has it. */
    static DebRelations fromLists(AptState state, Resolution resolution, Function<PackageFile, Path> store) {
        Map<String, Paragraph> byDigest = AptRecords.byDigest(state, resolution.install());
        List<DebMember> members = new ArrayList<>();
        for (PackageFile file : resolution.install()) {
            Paragraph control = byDigest.get(file.sha256().hex());
            members.add(control == null ? stored(file, store.apply(file)) : member(file.name(), control));
        }
        return new DebRelations(state.source().arch().debianName(), members);
    }

    private static DebMember stored(PackageFile file, Path archive) {
        if (Files.exists(archive)) {
            return read(file, archive);
        }
        throw new StencilException(
                Fault.PACKAGE_MANAGER,
                "The package lists do not describe " + file.name()
                        + " any more. Run the command again; if that does not help: vzpkg update metadata.");
    }

    /** By the control data of the fetched files, which lie where {@code store} says. */
    static DebRelations fromFiles(String nativeArch, Resolution resolution, Function<PackageFile, Path> store)
            throws IOException {
        List<DebMember> members;
        try (Stream<PackageFile> all = resolution.install().parallelStream()) {
            members = all.map(file -> read(file, store.apply(file))).toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        return new DebRelations(nativeArch, members);
    }

    /** By the database of a root, and for {@code files}, which take the places of their namesakes there, by themselves. */
    static DebRelations inRoot(
            String nativeArch, InstalledRoot root, List<PackageFile> files, Function<PackageFile, Path> store) {
        Map<String, DebMember> members = new LinkedHashMap<>();
        for (Paragraph control : root.installedParagraphs()) {
            DebMember present = member(InstalledRoot.nameOf(control), control);
            members.put(place(present, nativeArch), present);
        }
        for (PackageFile file : files) {
            DebMember arriving = read(file, store.apply(file));
            members.put(place(arriving, nativeArch), arriving);
        }
        return new DebRelations(nativeArch, List.copyOf(members.values()));
    }

    private static String place(DebMember member, String nativeArch) {
        return member.name().name() + ":" + member.archAmong(nativeArch);
    }

    private static DebMember read(PackageFile file, Path archive) {
        try {
            Paragraph control = DebPackage.read(file, archive).control();
            PackageName inside = InstalledRoot.nameOf(control);
            if (!inside.equals(file.name())) {
                throw new StencilException(
                        Fault.LOCK_NOT_CLOSED,
                        "The file that is to be " + file.name() + " holds " + inside + ". Make the lock again.");
            }
            return member(file.name(), control);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static DebMember member(PackageName name, Paragraph control) {
        try {
            return DebMember.of(name, control);
        } catch (IllegalArgumentException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "The control data of " + name + " is damaged: " + e.getMessage(), e);
        }
    }
}
