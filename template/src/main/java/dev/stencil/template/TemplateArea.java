package dev.stencil.template;

import dev.stencil.host.Arch;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.NearNames;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The template area, {@code TEMPLATE} of vz.conf: finds templates by name and lists them, always sorted. Opening it reads
 * nothing; the listing methods look at directories only and never open a file.
 */
public final class TemplateArea {
    private final Path directory;
    private final Arch host;
    private final AreaScan scan;

    private TemplateArea(Path directory, Arch host) {
        this.directory = directory;
        this.host = host;
        this.scan = new AreaScan(directory);
    }

    public static TemplateArea open(HostLayout layout, VzConf configuration) {
        return open(configuration.templateArea(), Arch.ofHost());
    }

    /** An area for a host of another architecture. */
    static TemplateArea open(Path directory, Arch host) {
        return new TemplateArea(directory, host);
    }

    public Path directory() {
        return directory;
    }

    /**
     * The OS template that {@code name} means, checked: its files can be read and this host runs its architecture.
     *
     * @param name with or without the leading dot, architecture and set
     * @throws StencilException {@code TEMPLATE_UNKNOWN} with near names, {@code TEMPLATE_BROKEN} naming the file,
     *     {@code ARCHITECTURE_UNSUPPORTED}
     */
    public OsTemplate require(String name) {
        OsTemplate template = requireOfAnyArchitecture(name);
        if (!template.arch().runsOn(host)) {
            throw new StencilException(
                    Fault.ARCHITECTURE_UNSUPPORTED,
                    "OS template " + template.name() + " is for "
                            + template.arch().templateName() + ", which this " + host.templateName()
                            + " host does not run. Pass --force to use it anyway.");
        }
        return template;
    }

    /** As {@link #require} without the check of the architecture: what {@code --force} asks for. */
    public OsTemplate requireOfAnyArchitecture(String name) {
        String plain = name.startsWith(".") ? name.substring(1) : name;
        if (plain.startsWith("-")) {
            throw new StencilException(Fault.TEMPLATE_BROKEN, "A template's name does not begin with '-': " + name);
        }
        return new NameSearch(directory, host)
                .search(plain)
                .map(found -> checked(found.template()))
                .orElseThrow(() -> unknown(plain));
    }

    /** The OS template that {@code name} means, if it is one; its content is not checked. */
    public Optional<OsTemplate> find(String name) {
        String plain = name.startsWith(".") ? name.substring(1) : name;
        return new NameSearch(directory, host)
                .search(plain)
                .filter(NameSearch.Found::isComplete)
                .map(NameSearch.Found::template);
    }

    /** Every base OS template, by osname, osver and architecture. A missing area is an empty one. */
    public List<OsTemplate> baseTemplates() {
        return scan.baseTemplates();
    }

    /** The sets of the same distribution, by name, without the base. */
    public List<OsTemplate> sets(OsTemplate template) {
        return scan.sets(template);
    }

    /** Every base OS template, each followed by its sets. */
    public List<OsTemplate> osTemplates() {
        List<OsTemplate> all = new ArrayList<>();
        for (OsTemplate base : baseTemplates()) {
            all.add(base);
            all.addAll(sets(base));
        }
        return all;
    }

    /** The application templates of the same distribution, by name. */
    public List<AppTemplate> applications(OsTemplate template) {
        return scan.applications(template.base());
    }

    /** The application template that {@code name} means, with or without a leading dot; {@code APPLICATION_UNKNOWN}. */
    public AppTemplate requireApplication(OsTemplate template, String name) {
        String plain = name.startsWith(".") ? name.substring(1) : name;
        List<AppTemplate> applications = applications(template);
        List<String> names = new ArrayList<>();
        for (AppTemplate application : applications) {
            if (application.name().equals(plain)) {
                return application;
            }
            names.add(application.name());
        }
        throw new StencilException(
                Fault.APPLICATION_UNKNOWN,
                "No application template '" + plain + "' for "
                        + template.coordinates().baseName() + " below "
                        + AppTemplate.applicationsDirectory(template.baseDirectory()) + "."
                        + NearNames.suggestion(
                                plain,
                                names,
                                "vzpkg list " + template.coordinates().baseName()));
    }

    /** Reads what every use of a template needs, so that a broken one is found before work begins. */
    private static OsTemplate checked(OsTemplate template) {
        template.packageManager();
        template.packages();
        template.base().packages();
        return template;
    }

    private StencilException unknown(String name) {
        boolean isShort = !name.contains(Arch.X86.templateName());
        List<String> names = new ArrayList<>();
        for (OsTemplate template : osTemplates()) {
            boolean isOfHost = template.arch() == host;
            names.add(isShort && isOfHost ? withoutArchitecture(template.coordinates()) : template.name());
        }
        return new StencilException(
                Fault.TEMPLATE_UNKNOWN,
                "No OS template '" + name + "' in " + directory + "."
                        + NearNames.suggestion(name, names, "vzpkg list"));
    }

    /** A name that somebody who left the architecture out may have meant. */
    private static String withoutArchitecture(OsTemplateName name) {
        String plain = name.osName() + "-" + name.osVersion();
        return name.set().isPresent() ? plain + "-" + name.set().get() : plain;
    }
}
