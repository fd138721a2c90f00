package dev.stencil.template;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of templates that have a say in the file system made from them: lists, repositories, environment, scripts. What
 * only describes or checks (summary, keys, cache types) is not among them. Source: spec conary 9.4, {@code [[input]]}.
 */
public final class TemplateInputs {
    /** Own files that nothing is inherited for. */
    private static final List<String> OWN = List.of("packages", "flavors.toml");
    /** Files of a set that count beside the base's. */
    private static final List<String> ADDED = List.of("repositories", "zypp_repositories", "mirrorlist", "volatile");
    /** Files that a set without them, or with empty ones, takes from the base. */
    private static final List<String> INHERITED = List.of("packages_0", "packages_1", "environment");
    /** Files of the base only. */
    private static final List<String> OF_BASE = List.of("package_manager", "distribution", "multiarch", "osrelease");
    /** Scripts that run while a system is made. */
    private static final List<Script> SCRIPTS = List.of(
            Script.PRE_CACHE, Script.MID_PRE_INSTALL, Script.MID_POST_INSTALL, Script.POST_CACHE, Script.POST_INSTALL);
    /** Scripts that run while an application is added to one. */
    private static final List<Script> APPLICATION_SCRIPTS =
            List.of(Script.PRE_INSTALL, Script.POST_INSTALL, Script.PRE_INSTALL_HN, Script.POST_INSTALL_HN);

    private final Path root;
    private final String prefix;
    private final SortedMap<String, Path> found;

    private TemplateInputs(Path root, String prefix, SortedMap<String, Path> found) {
        this.root = root;
        this.prefix = prefix;
        this.found = found;
    }

    /**
     * Files by the names that a lock calls them: relative to the set's directory, {@code ../default/environment} for one
     * taken from the base, {@code app/<application>/<set>/<file>} for one of an application.
     */
    public static SortedMap<String, Path> of(OsTemplate template, List<AppTemplate> applications) {
        SortedMap<String, Path> found = new TreeMap<>();
        new TemplateInputs(template.configDirectory(), "", found).addOs(template);
        for (AppTemplate application : applications) {
            Path all = AppTemplate.applicationsDirectory(application.baseDirectory());
            new TemplateInputs(all, "app/", found).addApplication(application);
        }
        return found;
    }

    private void addOs(OsTemplate template) {
        var own = new ConfigDirectory(template.configDirectory());
        var base = new ConfigDirectory(template.base().configDirectory());
        OWN.forEach(name -> add(own, name));
        for (String name : ADDED) {
            add(own, name);
            add(base, name);
        }
        INHERITED.forEach(name -> add(own.lines(name).isEmpty() ? base : own, name));
        OF_BASE.forEach(name -> add(base, name));
        addScripts(template, SCRIPTS);
    }

    private void addApplication(AppTemplate application) {
        var own = new ConfigDirectory(application.configDirectory());
        OWN.forEach(name -> add(own, name));
        ADDED.forEach(name -> add(own, name));
        addScripts(application, APPLICATION_SCRIPTS);
    }

    private void addScripts(Template template, List<Script> scripts) {
        scripts.forEach(script -> template.script(script).ifPresent(this::add));
    }

    private void add(ConfigDirectory directory, String name) {
        if (directory.hasFile(name)) {
            add(directory.file(name));
        }
    }

    private void add(Path file) {
        found.put(prefix + root.relativize(file), file);
    }
}
