package dev.stencil.packages;

/** A package of a root's own database with its one-line description. */
public record InstalledPackage(PackageName name, String summary) {}
