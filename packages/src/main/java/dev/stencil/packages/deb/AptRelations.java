package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the control data of chosen packages: from apt's lists before anything is fetched, from the files afterwards. */
final class AptRelations {
    private AptRelations() {}

    /** By apt's lists; a package is found by the digest of its file. */
    static DebRelations fromLists(AptState state, Resolution resolution) {
        List<String> words =
                resolution.install().stream().map(file -> word(file.name())).toList();
        Map<String, Paragraph> byDigest = words.isEmpty() ? Map.of() : show(state, words);
        List<DebMember> members = new ArrayList<>();
        for (PackageFile file : resolution.install()) {
            Paragraph control = byDigest.get(file.sha256().hex());
            if (control == null) {
                throw new StencilException(
                        Fault.PACKAGE_MANAGER,
                        "The package lists do not describe " + file.name()
                                + " any more. Run the command again; if that does not help: vzpkg update metadata.");
            }
            members.add(member(file.name(), control));
        }
        return new DebRelations(state.source().arch().debianName(), members);
    }

    /** apt knows packages for all architectures by the name alone. */
    private static String word(PackageName name) {
        String arch = name.arch().equals("all") ? "" : ":" + name.arch();
        return name.name() + arch + "=" + name.version();
    }

    private static Map<String, Paragraph> show(AptState state, List<String> words) {
        Finished done = state.run(state.apt("apt-cache", "show").args(words));
        if (!done.isSuccess()) {
            throw new StencilException(Fault.PACKAGE_MANAGER, AptWords.errors(done));
        }
        Map<String, Paragraph> byDigest = new HashMap<>();
        for (Paragraph paragraph : Paragraph.parseAll(done.text())) {
            paragraph.get("SHA256").ifPresent(digest -> byDigest.put(digest, paragraph));
        }
        return byDigest;
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
