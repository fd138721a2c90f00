package dev.stencil.image;

import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.Script;
import dev.stencil.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A change of packages that makes one more layer upon a generation.
 *
 * @param work what it is called in the layer's recipe
 * @param wish what the package manager is asked, given what is installed; nothing where no package is named
 * @param before scripts of {@code templates} before the packages come, each kind for all templates in turn
 * @param after scripts afterwards
 * @param reads which of a lock's inputs are looked at now; the others have had their say in the generation below
 */
record StackChange(
        String work,
        Wish wish,
        List<Script> before,
        List<Script> after,
        List<? extends Template> templates,
        Predicate<String> reads) {
    /** What says which packages there are to be, and from where. */
    private static final Set<String> LISTS = Set.of(
            "packages_0",
            "packages_1",
            "packages",
            "repositories",
            "zypp_repositories",
            "mirrorlist",
            "environment",
            "volatile");

    StackChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
        templates = List.copyOf(templates);
    }

    /** What is asked of the package manager. */
    @FunctionalInterface
    interface Wish {
        Optional<PackageRequest> given(List<PackageName> installed);
    }

    /** Puts applications into the system, all of their packages at once. Source: spec vzpkg 7.1, step 6. */
    static StackChange install(List<AppTemplate> applications) {
        Set<String> names = new LinkedHashSet<>();
        applications.forEach(application -> names.addAll(application.packages()));
        return install(
                applications,
                _ -> names.isEmpty() ? Optional.empty() : Optional.of(new PackageRequest.Install(List.copyOf(names))));
    }

    /** The same with the packages {@code files} and no others, whatever the lists of the applications mean today. */
    static StackChange installExactly(List<AppTemplate> applications, List<PackageFile> files) {
        return install(
                applications,
                _ -> files.isEmpty() ? Optional.empty() : Optional.of(new PackageRequest.Exactly(files, List.of())));
    }

    private static StackChange install(List<AppTemplate> applications, Wish wish) {
        return new StackChange(
                "applications",
                wish,
                List.of(Script.PRE_INSTALL_HN, Script.PRE_INSTALL),
                List.of(Script.POST_INSTALL_HN, Script.POST_INSTALL),
                applications,
                input -> input.startsWith("app/"));
    }

    /**
     * Brings everything up to date, and in what the lists of the templates name and nothing installed meets. A word that
     * fixes a version holds back. Source: spec vzpkg 5.7.
     */
    static StackChange update(CacheSubject subject, PackageMatch match) {
        Set<String> words = new LinkedHashSet<>(subject.template().cachePackages());
        subject.applications().forEach(application -> words.addAll(application.packages()));
        List<Template> templates = new ArrayList<>(subject.applications());
        templates.add(subject.template());
        return new StackChange(
                "update",
                installed -> Optional.of(new PackageRequest.Renew(words.stream()
                        .filter(word -> word.indexOf('=') > 0
                                || match.first(word, installed).isEmpty())
                        .toList())),
                List.of(Script.PRE_UPDATE),
                List.of(Script.POST_UPDATE),
                templates,
                input -> LISTS.contains(input.substring(input.lastIndexOf('/') + 1)));
    }

    /** The scripts that there are, for the recipe: each by the name of its template and its own. */
    List<Named> scripts() {
        List<Named> found = new ArrayList<>();
        List<Script> all = new ArrayList<>(before);
        all.addAll(after);
        for (Script kind : all) {
            for (Template template : templates) {
                template.script(kind)
                        .ifPresent(file -> found.add(new Named(template.name() + "/" + kind.fileName(), file)));
            }
        }
        return found;
    }

    /** A script and what the recipe calls it. */
    record Named(String name, java.nio.file.Path file) {}
}
