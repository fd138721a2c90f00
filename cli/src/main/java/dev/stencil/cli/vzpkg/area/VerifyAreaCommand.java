package dev.stencil.cli.vzpkg.area;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.Container;
import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.LayerStore;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code vzpkg verify area CT…}: whether the template area has everything that containers stand on. The original looked for
 * directories of packages, which are layers here; it prints nothing when all is well, and answers 1 when something is gone.
 */
public final class VerifyAreaCommand implements Command {
    private final Stencil stencil;

    public VerifyAreaCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Check that the template area has all layers that containers stand on.",
                Syntax.operands("CT", "1..*", "Containers."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        LayerStore layers = stencil.layers();
        for (String name : arguments.operands()) {
            Container container = stencil.containers().require(name);
            for (Digest digest : container.area().layers()) {
                if (layers.find(digest).isEmpty()) {
                    throw new StencilException(
                            Fault.SYSTEM,
                            "Container " + container.shown() + " stands on layer " + digest
                                    + ", which the template area has lost. Bring "
                                    + layers.at(digest).directory() + " back from a backup.");
                }
            }
        }
        return 0;
    }
}
