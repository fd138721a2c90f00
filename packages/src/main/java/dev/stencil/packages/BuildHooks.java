package dev.stencil.packages;

import dev.stencil.linux.ProgramRunner;
import java.nio.file.Path;

/** Places in the making of a root where the template's scripts run (spec vzpkg 5.4 and 5.6). */
public interface BuildHooks {
    /** The package database exists, nothing is unpacked yet. */
    void beforePackages(Path root);

    /** The bootstrap packages are there; {@code inside} runs programs in the sandboxed root. */
    void afterBootstrap(Path root, ProgramRunner inside);

    /** All packages are configured; {@code inside} runs programs in the sandboxed root. */
    void afterPackages(Path root, ProgramRunner inside);
}
