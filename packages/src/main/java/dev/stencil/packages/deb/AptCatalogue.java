package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.packages.InstalledPackage;
import java.util.ArrayList;
import java.util.List;

/** What the repositories of a source offer, by their local lists. */
final class AptCatalogue {
    private final AptState state;

    AptCatalogue(AptState state) {
        this.state = state;
    }

    /** All versions of all packages, in the order of the lists. */
    List<InstalledPackage> packages() {
        state.requireLists();
        Finished done = state.run(state.apt("apt-cache", "dumpavail"));
        if (!done.isSuccess()) {
            throw new StencilException(Fault.PACKAGE_MANAGER, AptWords.errors(done));
        }
        List<InstalledPackage> packages = new ArrayList<>();
        for (Paragraph paragraph : Paragraph.parseAll(done.text())) {
            packages.add(new InstalledPackage(InstalledRoot.nameOf(paragraph), InstalledRoot.summaryOf(paragraph)));
        }
        return packages;
    }
}
