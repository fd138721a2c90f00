package dev.stencil.container.applications;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.RepositoryKind;
import dev.stencil.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The step of one container to another release of its distribution, with the applications that it takes along (spec vzpkg
 * 8.1).
 *
 * @param former the container as it is
 * @param next the same container with the templates of the other release
 * @param renewed those of the applications of {@code next} whose package lists and scripts take part
 * @param dropped names of applications that the other release does not have
 */
record ReleaseStep(Premises former, Premises next, List<AppTemplate> renewed, List<String> dropped) {
    ReleaseStep {
        renewed = List.copyOf(renewed);
        dropped = List.copyOf(dropped);
    }

    /**
     * @param offered the applications of {@code target}
     * @param mayDrop whether an application that has repositories of its own may be dropped, {@code -f}
     * @param packagesOnly applications without repositories of their own are left to themselves, {@code -p}
     * @throws StencilException {@code APPLICATION_UNKNOWN} for an application that may not be dropped
     */
    static ReleaseStep of(
            Premises former, OsTemplate target, List<AppTemplate> offered, boolean mayDrop, boolean packagesOnly) {
        List<AppTemplate> carried = new ArrayList<>();
        List<AppTemplate> renewed = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        for (AppTemplate application : former.applications()) {
            Optional<AppTemplate> counterpart = offered.stream()
                    .filter(other -> other.name().equals(application.name()))
                    .findFirst();
            if (counterpart.isPresent()) {
                carried.add(counterpart.get());
                if (!packagesOnly || hasRepositories(counterpart.get())) {
                    renewed.add(counterpart.get());
                }
            } else if (hasRepositories(application) && !mayDrop) {
                throw new StencilException(
                        Fault.APPLICATION_UNKNOWN,
                        "Application template " + application.name() + " of container "
                                + former.container().id() + " is not there for " + target.name()
                                + ", and its packages come from repositories of its own. Add it there, or pass --force to"
                                + " leave it behind.");
            } else {
                dropped.add(application.name());
            }
        }
        return new ReleaseStep(former, new Premises(former.container(), target, carried), renewed, dropped);
    }

    private static boolean hasRepositories(Template template) {
        for (RepositoryKind kind : RepositoryKind.values()) {
            if (!template.ownRecords(kind).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    OsTemplate target() {
        return next.operatingSystem();
    }

    /** Templates whose scripts run, in order. */
    List<Template> scripted() {
        List<Template> templates = new ArrayList<>(renewed);
        templates.add(target());
        return templates;
    }

    /** Names that the other release's templates list. */
    List<String> packages() {
        List<String> names = new ArrayList<>(target().cachePackages());
        names.addAll(Premises.packages(renewed));
        return names.stream().distinct().toList();
    }

    /** Keys of a container's configuration that follow its OS template. */
    static Set<String> settingKeys() {
        return Set.of("OSTEMPLATE", "DISTRIBUTION", "OSRELEASE", "TECHNOLOGIES");
    }

    /** What they are for the other release; a key that its template does not speak of goes. */
    Map<String, Optional<String>> settings() {
        Map<String, Optional<String>> settings = new HashMap<>();
        settings.put("OSTEMPLATE", Optional.of("." + target().name()));
        settings.put("DISTRIBUTION", target().distribution());
        settings.put("OSRELEASE", target().osRelease());
        String technologies = String.join(" ", target().technologies());
        settings.put("TECHNOLOGIES", Optional.of(technologies).filter(text -> !text.isEmpty()));
        return settings;
    }
}
