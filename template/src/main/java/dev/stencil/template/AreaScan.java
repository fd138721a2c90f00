package dev.stencil.template;

import dev.stencil.host.Arch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Walks the template area; it looks at names and at whether files are there, and reads none. Source: spec vzpkg 2.1. */
final class AreaScan {
    private final Path area;

    AreaScan(Path area) {
        this.area = area;
    }

    /** Every base OS template, by osname, osver and architecture. A missing area is an empty one. */
    List<OsTemplate> baseTemplates() {
        List<OsTemplate> found = new ArrayList<>();
        for (String osName : realDirectories(area)) {
            Path distribution = area.resolve(osName);
            if (!Files.isDirectory(distribution.resolve("conf"))) {
                addVersions(osName, distribution, found);
            }
        }
        return found;
    }

    /** The sets beside the base template, by name. */
    List<OsTemplate> sets(OsTemplate base) {
        List<OsTemplate> found = new ArrayList<>();
        OsTemplateName name = base.coordinates();
        for (String set : directories(OsTemplate.setsDirectory(base.baseDirectory()))) {
            if (!set.equals(OsTemplateName.DEFAULT_SET) && OsTemplateName.isPart(set)) {
                var coordinates = new OsTemplateName(name.osName(), name.osVersion(), name.arch(), Optional.of(set));
                addIfComplete(new OsTemplate(coordinates, base.baseDirectory()), found);
            }
        }
        return found;
    }

    /** The application templates of a distribution, by name; of two with one name only the first. */
    List<AppTemplate> applications(OsTemplate base) {
        List<AppTemplate> found = new ArrayList<>();
        Path applications = AppTemplate.applicationsDirectory(base.baseDirectory());
        for (String application : directories(applications)) {
            for (String set : directories(applications.resolve(application))) {
                var template = new AppTemplate(base, application, set);
                if (OsTemplateName.isPart(application) && OsTemplateName.isPart(set) && template.isComplete()) {
                    found.add(template);
                }
            }
        }
        return sortedByName(found);
    }

    private static void addVersions(String osName, Path distribution, List<OsTemplate> found) {
        for (String osVersion : realDirectories(distribution)) {
            if (!OsTemplateName.isPart(osName) || !OsTemplateName.isPart(osVersion) || osVersion.indexOf('-') >= 0) {
                continue;
            }
            Path version = distribution.resolve(osVersion);
            for (Arch arch : Arch.values()) {
                Path base = version.resolve(arch.templateName());
                if (Files.isDirectory(base)) {
                    var name = new OsTemplateName(osName, osVersion, arch, Optional.empty());
                    addIfComplete(new OsTemplate(name, base), found);
                }
            }
        }
    }

    private static void addIfComplete(OsTemplate template, List<OsTemplate> found) {
        if (template.isComplete()) {
            found.add(template);
        }
    }

    private static List<AppTemplate> sortedByName(List<AppTemplate> found) {
        found.sort((a, b) -> a.name().compareTo(b.name()));
        List<AppTemplate> unique = new ArrayList<>();
        for (AppTemplate template : found) {
            if (unique.isEmpty() || !unique.getLast().name().equals(template.name())) {
                unique.add(template);
            }
        }
        return unique;
    }

    /** Sorted names of sub-directories, links not followed (spec vzpkg 2.1 for osname and osver). */
    private static List<String> realDirectories(Path directory) {
        return directories(directory, LinkOption.NOFOLLOW_LINKS);
    }

    /** Sorted names of sub-directories; none when the directory is missing. */
    private static List<String> directories(Path directory, LinkOption... options) {
        String[] entries = directory.toFile().list(); // half the system calls of a stream
        if (entries == null) {
            if (Files.isDirectory(directory)) {
                throw TemplateFaults.area(directory, new IOException("it cannot be read"));
            }
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (String name : entries) {
            if (Files.isDirectory(directory.resolve(name), options)) {
                names.add(name);
            }
        }
        Collections.sort(names);
        return names;
    }
}
