package dev.stencil.container.applications;

import dev.stencil.image.ApplicationDetector;
import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.util.List;

/** Which applications a container has after {@code vzpkg install}, for caches that are made as if by it. */
public final class DetectedApplications implements ApplicationDetector {
    private final TemplateArea area;
    private final boolean detects;

    /** {@code detects} is {@code APP_TEMPLATE_AUTODETECTION}; without it only what was installed is there. */
    public DetectedApplications(TemplateArea area, boolean detects) {
        this.area = area;
        this.detects = detects;
    }

    @Override
    public List<String> applications(OsTemplate template, List<AppTemplate> installed, List<PackageName> packages) {
        if (!detects) {
            return NONE.applications(template, installed, packages);
        }
        return new Autodetection(PackageMatch.of(template.packageManagerType()))
                .detect(
                        packages,
                        template.cachePackages(),
                        List.of(),
                        TemplateRecords.listed(installed),
                        TemplateRecords.listed(area.applications(template)))
                .applications();
    }
}
