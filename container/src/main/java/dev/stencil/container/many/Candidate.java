package dev.stencil.container.many;

import java.util.Optional;

/**
 * A container that was selected.
 *
 * @param id as in file names
 * @param name its own name, empty when it has none
 * @param obstacle why it is left out, for a person; empty when it takes part
 */
public record Candidate(String id, String name, Optional<String> obstacle) {}
