package dev.stencil.container.applications;

import dev.stencil.container.undo.ContainerStorage;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.util.ArrayList;
import java.util.List;

/** Loads a container with its templates and checks that package work is possible there (spec vzpkg 4.7, steps 1 and 2). */
final class PremisesService {
    /** What must be true of the container. */
    enum Need {
        EXISTS,
        MOUNTED,
        RUNNING
    }

    private final ContainerFinder containers;
    private final TemplateArea area;

    PremisesService(ContainerFinder containers, TemplateArea area) {
        this.containers = containers;
        this.area = area;
    }

    /** For reading. */
    Premises open(String nameOrId) {
        ContainerAccess container = containers.require(nameOrId);
        String name = container
                .osTemplate()
                .orElseThrow(() -> new StencilException(
                        Fault.OS_TEMPLATE_UNSET,
                        "OSTEMPLATE is not set in the configuration of container " + container.id() + ". Add it."));
        OsTemplate template = area.require(name);
        List<AppTemplate> applications = new ArrayList<>();
        container.applications().forEach(app -> applications.add(area.requireApplication(template, app)));
        return new Premises(container, template, applications);
    }

    ContainerAccess find(String nameOrId) {
        return containers.require(nameOrId);
    }

    /** Thaws a container that a killed command has left frozen. */
    void releaseAbandoned(String nameOrId) {
        releaseAbandoned(containers.require(nameOrId));
    }

    private static void releaseAbandoned(ContainerAccess container) {
        if (container.state() == ContainerAccess.State.SUSPENDED
                && OperationRecords.log(container).isAbandoned()) {
            container.storage().ifPresent(ContainerStorage::release);
        }
    }

    /** For changing packages; refused for a template whose cache is delivered ready-made. */
    Premises openForChange(String nameOrId, Need need) {
        requireState(containers.require(nameOrId), need);
        Premises premises = open(nameOrId);
        requireChangeable(premises.container(), premises.operatingSystem());
        return premises;
    }

    private static void requireChangeable(ContainerAccess container, OsTemplate template) {
        if (template.isPreCached()) {
            throw new StencilException(
                    Fault.PACKAGE_OPERATIONS_FORBIDDEN,
                    "OS template " + template.name()
                            + " is delivered ready-made (no_pkg_actions): packages of container " + container.id()
                            + " cannot be changed from outside.");
        }
    }

    /**
     * The step to the next release of the container's distribution.
     *
     * @throws StencilException {@code SYSTEM} when there is none, {@code APPLICATION_UNKNOWN} as {@link ReleaseStep#of}
     */
    ReleaseStep nextRelease(Premises premises, boolean mayDrop, boolean packagesOnly) {
        OsTemplate current = premises.operatingSystem();
        OsTemplate target = NextRelease.of(current, area.baseTemplates())
                .map(found -> area.require(found.name()))
                .orElseThrow(() -> new StencilException(
                        Fault.SYSTEM,
                        "Container " + premises.container().id() + " cannot be upgraded: no release of "
                                + current.coordinates().osName() + " in " + area.directory() + " names "
                                + current.coordinates().osVersion()
                                + " in its upgradable_versions, and none has the next number."));
        if (target.packageManagerType() != current.packageManagerType()) {
            throw new StencilException(
                    Fault.NOT_SUPPORTED,
                    "Container " + premises.container().id() + " cannot be upgraded to " + target.name()
                            + ", which has another package manager (" + target.packageManager() + ") than "
                            + current.name() + ".");
        }
        requireChangeable(premises.container(), target);
        return ReleaseStep.of(premises, target, area.applications(target), mayDrop, packagesOnly);
    }

    /** Every application template there is for the container's distribution. */
    List<AppTemplate> available(Premises premises) {
        return area.applications(premises.operatingSystem());
    }

    /** The templates that operands mean, each once; {@code APPLICATION_UNKNOWN} for the first that is not there. */
    List<AppTemplate> applications(Premises premises, List<String> names) {
        List<AppTemplate> found = new ArrayList<>();
        for (String name : names) {
            AppTemplate application = area.requireApplication(premises.operatingSystem(), name);
            if (found.stream().noneMatch(other -> other.name().equals(application.name()))) {
                found.add(application);
            }
        }
        return found;
    }

    /** Whether {@code name} means the container's own OS template. */
    boolean isOperatingSystem(Premises premises, String name) {
        return area.find(name)
                .filter(found -> found.name().equals(premises.operatingSystem().name()))
                .isPresent();
    }

    private static void requireState(ContainerAccess container, Need need) {
        releaseAbandoned(container);
        ContainerAccess.State state = container.state();
        if (need == Need.RUNNING && state == ContainerAccess.State.SUSPENDED) {
            throw new StencilException(
                    Fault.CONTAINER_NOT_RUNNING,
                    "Container " + container.id() + " is suspended. Resume it before its packages are changed.");
        }
        if (need == Need.RUNNING && state != ContainerAccess.State.RUNNING) {
            throw new StencilException(
                    Fault.CONTAINER_NOT_RUNNING,
                    "Container " + container.id() + " is not running. Start it with: vzctl start " + container.id());
        }
        if (need == Need.MOUNTED && state == ContainerAccess.State.DOWN) {
            throw new StencilException(
                    Fault.CONTAINER_NOT_MOUNTED,
                    "Container " + container.id() + " is not mounted. Mount it with: vzctl mount " + container.id());
        }
    }
}
