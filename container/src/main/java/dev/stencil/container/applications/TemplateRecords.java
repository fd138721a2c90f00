package dev.stencil.container.applications;

import dev.stencil.container.applications.Autodetection.Application;
import dev.stencil.container.applications.Autodetection.Finding;
import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.Vzpackages;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.TemplateArea;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps {@code TEMPLATES} and the time stamps true after a change of packages: by detection, or with that switched off
 * by what the command itself put in and took out. Source: spec vzpkg 7.1 to 7.4.
 */
final class TemplateRecords {
    private final TemplateArea area;
    private final PackageDrivers drivers;
    private final boolean detects;

    /** {@code detects} is {@code APP_TEMPLATE_AUTODETECTION}. */
    TemplateRecords(TemplateArea area, PackageDrivers drivers, boolean detects) {
        this.area = area;
        this.drivers = drivers;
        this.detects = detects;
    }

    void update(Premises premises, PackageJob.Marks marks, Vzpackages packages, Bookkeeping book) {
        List<AppTemplate> recorded = new ArrayList<>(premises.applications());
        recorded.removeIf(application -> isIn(application, marks.removed()));
        List<String> removed = marks.removed().stream().map(AppTemplate::name).toList();
        List<String> arrived =
                new ArrayList<>(marks.added().stream().map(AppTemplate::name).toList());
        if (detects) {
            Finding finding = detect(premises, recorded, marks.added(), packages);
            List<String> gone = new ArrayList<>(removed);
            gone.addAll(finding.dropped());
            gone.removeAll(finding.detected());
            arrived.addAll(finding.detected());
            book.saveApplications(finding.applications(), arrived, gone);
        } else if (!marks.isEmpty()) {
            List<String> names =
                    new ArrayList<>(recorded.stream().map(AppTemplate::name).toList());
            names.removeAll(arrived);
            names.addAll(arrived);
            book.saveApplications(names, arrived, removed);
        }
    }

    /**
     * After a step to another release: the applications that came along are there, by detection as far as their packages
     * are; the OS template's time stamp is the new one's.
     */
    void renew(ReleaseStep step, Vzpackages packages, Bookkeeping book) {
        List<AppTemplate> carried = step.next().applications();
        List<String> names =
                detects ? detect(step.next(), carried, List.of(), packages).applications() : Premises.names(carried);
        List<String> gone = new ArrayList<>(Premises.names(step.former().applications()));
        gone.removeAll(names);
        gone.add(step.former().operatingSystem().name());
        List<String> arrived = new ArrayList<>(names);
        arrived.add(step.target().name());
        book.saveApplications(names, arrived, gone);
    }

    private Finding detect(
            Premises premises, List<AppTemplate> recorded, List<AppTemplate> forced, Vzpackages packages) {
        PackageMatch match = drivers.match(premises.operatingSystem());
        return new Autodetection(match)
                .detect(
                        packages.packages(),
                        premises.operatingSystem().cachePackages(),
                        listed(recorded),
                        listed(forced),
                        listed(area.applications(premises.operatingSystem())));
    }

    static List<Application> listed(List<AppTemplate> templates) {
        return templates.stream()
                .map(template -> new Application(template.name(), template.packages()))
                .toList();
    }

    private static boolean isIn(AppTemplate application, List<AppTemplate> others) {
        return others.stream().anyMatch(other -> other.name().equals(application.name()));
    }
}
