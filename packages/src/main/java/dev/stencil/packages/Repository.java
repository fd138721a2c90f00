package dev.stencil.packages;

/**
 * One repository record after {@code url.map}.
 *
 * @param id {@code base0}, {@code minimal1} … (spec vzpkg 2.5)
 * @param location the record's text: for deb the tail of a {@code deb} line, {@code URL suite component…}
 */
public record Repository(String id, String location) {}
