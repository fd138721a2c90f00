package dev.stencil.packages.rpm;

import java.nio.file.Path;
import java.time.Instant;

/**
 * How a repository was at the last refresh.
 *
 * @param dated the newest time stamp in its index
 * @param index the local copy of its {@code repomd.xml}
 */
record RepositoryState(String id, Instant dated, Path index) {
    static RepositoryState of(Answer answer) {
        return new RepositoryState(
                answer.field(0), Instant.ofEpochSecond(Long.parseLong(answer.field(1))), Path.of(answer.field(2)));
    }
}
