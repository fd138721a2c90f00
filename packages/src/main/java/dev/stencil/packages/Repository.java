package dev.stencil.packages;

import dev.stencil.template.RepositoryKind;
import java.nio.file.Path;
import java.util.List;

/**
 * One repository record after {@code url.map}.
 *
 * @param id {@code base0}, {@code minimal1} … (spec vzpkg 2.5)
 * @param written the record's text before {@code url.map}: what may be kept and shown, the same on every host
 * @param location the record's text: for deb the tail of a {@code deb} line, {@code URL suite component…}
 * @param keyrings files that may vouch for this repository; empty means those of the {@link PackageSource}
 * @param unsignedAllowed whether it is accepted without a signature, also where the source as a whole is not
 * @param kind what the location is the address of
 */
public record Repository(
        String id, String written, String location, List<Path> keyrings, boolean unsignedAllowed, RepositoryKind kind) {
    public Repository {
        keyrings = List.copyOf(keyrings);
    }

    /** Of the usual kind. */
    public Repository(String id, String written, String location, List<Path> keyrings, boolean unsignedAllowed) {
        this(id, written, location, keyrings, unsignedAllowed, RepositoryKind.REPOSITORY);
    }

    /** Checked with the keyrings of its source. */
    public Repository(String id, String location) {
        this(id, location, location, List.of(), false);
    }
}
