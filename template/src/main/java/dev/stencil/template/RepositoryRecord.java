package dev.stencil.template;

import java.nio.file.Path;
import java.util.List;

/**
 * One record of an effective repository list, ready for a package manager.
 *
 * @param id {@code base0}, {@code minimal1} … (spec vzpkg 2.5)
 * @param written the record as the template has it, before {@code url.map}
 * @param location text of the record after {@code url.map}; for deb {@code URL suite component…}
 * @param keyrings files that may vouch for this repository: its template's own and its base's
 * @param isUnsignedAllowed whether the template that wrote the record accepts it without a signature
 */
public record RepositoryRecord(
        String id,
        RepositoryKind kind,
        String written,
        String location,
        List<Path> keyrings,
        boolean isUnsignedAllowed) {
    public RepositoryRecord {
        keyrings = List.copyOf(keyrings);
    }
}
