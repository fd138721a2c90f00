package dev.stencil.packages;

/**
 * A file that its repository does not offer any more, or not as it was.
 *
 * @param reason what the server said
 * @param isStored whether this host's store has it
 */
public record UnavailableFile(PackageFile file, String reason, boolean isStored) {}
