package dev.stencil.container.applications;

import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which application templates a container has, judged by its packages: a template is there when every name of its list is.
 * Each installed package counts for one template only. Source: spec vzpkg 7.4; where the original takes templates in
 * directory order, this takes the one with the longest list first, then by name.
 */
public final class Autodetection {
    private final PackageMatch match;

    public Autodetection(PackageMatch match) {
        this.match = match;
    }

    /** An application template and the names of its {@code packages} list. */
    public record Application(String name, List<String> packages) {
        public Application {
            packages = List.copyOf(packages);
        }
    }

    /**
     * What came of it.
     *
     * @param applications for {@code TEMPLATES}: those that remain in their order, then the forced, then the detected ones
     * @param dropped were in {@code TEMPLATES} and lack a package now
     * @param detected are new by their packages
     */
    public record Finding(List<String> applications, List<String> dropped, List<String> detected) {
        public Finding {
            applications = List.copyOf(applications);
            dropped = List.copyOf(dropped);
            detected = List.copyOf(detected);
        }
    }

    /**
     * Which applications are there after a change of packages.
     *
     * @param packages what is recorded as installed
     * @param operatingSystem names of the OS template's own lists
     * @param recorded the applications of {@code TEMPLATES}
     * @param forced applications that were just installed, there whatever their packages
     * @param available every application template of the distribution
     */
    public Finding detect(
            List<PackageName> packages,
            List<String> operatingSystem,
            List<Application> recorded,
            List<Application> forced,
            List<Application> available) {
        List<PackageName> unclaimed = new ArrayList<>(packages);
        List<Application> there = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Application application : recorded) {
            if (known.add(application.name()) && !isNamed(application, forced)) {
                if (isComplete(application, packages)) {
                    there.add(application);
                } else {
                    dropped.add(application.name());
                }
            }
        }
        there.addAll(forced);
        claim(operatingSystem, unclaimed);
        there.forEach(application -> claim(application.packages(), unclaimed));
        List<String> names = new ArrayList<>();
        there.forEach(application -> names.add(application.name()));
        List<String> detected = newcomers(available, names, unclaimed);
        names.addAll(detected);
        return new Finding(names, dropped, detected);
    }

    private List<String> newcomers(List<Application> available, List<String> known, List<PackageName> unclaimed) {
        List<Application> candidates = new ArrayList<>(available);
        candidates.sort(Comparator.comparingInt(
                        (Application application) -> -application.packages().size())
                .thenComparing(Application::name));
        List<String> detected = new ArrayList<>();
        for (Application application : candidates) {
            if (!application.packages().isEmpty()
                    && !known.contains(application.name())
                    && claimAll(application.packages(), unclaimed)) {
                detected.add(application.name());
            }
        }
        return detected;
    }

    private boolean isComplete(Application application, List<PackageName> packages) {
        for (String word : application.packages()) {
            if (match.first(word, packages).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Takes the first match of each word away. */
    private void claim(List<String> words, List<PackageName> unclaimed) {
        for (String word : words) {
            match.first(word, unclaimed).ifPresent(unclaimed::remove);
        }
    }

    /** As {@link #claim}; takes nothing and answers false when a word has no match. A repeated word needs only one package. */
    private boolean claimAll(List<String> words, List<PackageName> unclaimed) {
        Set<PackageName> claimed = new HashSet<>();
        for (String word : words) {
            Optional<PackageName> found = match.first(word, unclaimed);
            if (found.isEmpty()) {
                return false;
            }
            claimed.add(found.get());
        }
        unclaimed.removeAll(claimed);
        return true;
    }

    private static boolean isNamed(Application application, List<Application> others) {
        return others.stream().anyMatch(other -> other.name().equals(application.name()));
    }
}
