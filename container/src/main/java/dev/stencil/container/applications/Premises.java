package dev.stencil.container.applications;

import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * One container with the templates that its packages come from.
 *
 * @param applications those of {@code TEMPLATES}
 */
record Premises(ContainerAccess container, OsTemplate operatingSystem, List<AppTemplate> applications) {
    Premises {
        applications = List.copyOf(applications);
    }

    boolean hasApplication(String name) {
        return applications.stream().anyMatch(application -> application.name().equals(name));
    }

    /** The container's applications and {@code more}, each once. */
    List<AppTemplate> applicationsWith(List<AppTemplate> more) {
        List<AppTemplate> all = new ArrayList<>(applications);
        for (AppTemplate application : more) {
            if (!hasApplication(application.name())) {
                all.add(application);
            }
        }
        return all;
    }

    static List<String> names(List<AppTemplate> applications) {
        return applications.stream().map(AppTemplate::name).toList();
    }

    /** Every package name of {@code applications}, each once, in order. */
    static List<String> packages(List<AppTemplate> applications) {
        var words = new LinkedHashSet<String>();
        applications.forEach(application -> words.addAll(application.packages()));
        return List.copyOf(words);
    }
}
