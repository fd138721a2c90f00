package dev.stencil.image;

import dev.stencil.packages.PackageName;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import java.util.List;

/** Which application templates a system has; package work in containers tells it by the packages (spec vzpkg 7.4). */
@FunctionalInterface
public interface ApplicationDetector {
    /** Those that were installed and no others. */
    ApplicationDetector NONE = (template, installed, packages) ->
            installed.stream().map(AppTemplate::name).toList();

    /** Names for {@code TEMPLATES} of a system of {@code packages} into which {@code installed} were put, in order. */
    List<String> applications(OsTemplate template, List<AppTemplate> installed, List<PackageName> packages);
}
