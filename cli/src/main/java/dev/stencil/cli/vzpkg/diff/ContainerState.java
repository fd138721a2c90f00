package dev.stencil.cli.vzpkg.diff;

import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.container.Container;
import dev.stencil.image.compare.ComparedState;
import dev.stencil.packages.InstalledPackage;
import java.util.Optional;

/** A container as one side of a comparison. */
public final class ContainerState {
    private ContainerState() {}

    /** Whether {@code argument} is a container's name or id; those come before templates and files of that name. */
    public static boolean isMeant(String argument, Stencil stencil) {
        return argument.indexOf('/') < 0 && argument.indexOf('@') < 0 && stencil.hasContainer(argument);
    }

    /** Its packages are those of its own database. */
    public static ComparedState of(String name, Stencil stencil, Output out) {
        Container container = stencil.containers().require(name);
        return new ComparedState(
                "container " + container.shown(),
                stencil.containerPackages(false, out::uninterrupted).inventory().packages(name).stream()
                        .map(InstalledPackage::name)
                        .toList(),
                Optional.of(stencil.containerService(false).files(container.id())));
    }
}
