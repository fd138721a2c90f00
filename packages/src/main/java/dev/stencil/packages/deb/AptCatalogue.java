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
        List<InstalledPackage> packages = new ArrayList<>();
        for (Paragraph paragraph : Paragraph.parseAll(ask("dumpavail"))) {
            packages.add(new InstalledPackage(InstalledRoot.nameOf(paragraph), InstalledRoot.summaryOf(paragraph)));
        }
        return packages;
    }

    /** The names alone, of real packages, in no order. All that is said about them would be tens of megabytes. */
    List<String> names() {
        return ask("pkgnames").lines().toList();
    }

    private String ask(String command) {
        state.requireLists();
        Finished done = state.run(state.apt("apt-cache", command));
        if (!done.isSuccess()) {
            throw new StencilException(Fault.PACKAGE_MANAGER, AptWords.errors(done));
        }
        return done.text();
    }
}
