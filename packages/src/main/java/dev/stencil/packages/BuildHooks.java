package dev.stencil.packages;

import dev.stencil.linux.ProgramRunner;
import java.nio.file.Path;
import java.time.Instant;

/** What the maker of a root gives and gets: the time, and places where the template's scripts run (spec vzpkg 5.4 and 5.6). */
public interface BuildHooks {
    /**
     * The moment that every script takes for now: that of the newest package list. A function of what is installed, so that
     * equal inputs give equal results whenever they are built.
     */
    Instant clock();

    /** The package database exists, nothing is unpacked yet. */
    void beforePackages(Path root);

    /** The bootstrap packages are there; {@code inside} runs programs in the sandboxed root. */
    void afterBootstrap(Path root, ProgramRunner inside);

    /** All packages are configured; {@code inside} runs programs in the sandboxed root. */
    void afterPackages(Path root, ProgramRunner inside);
}
