package dev.stencil.container;

import dev.stencil.container.engine.RunningGuest;
import java.util.Optional;

/** One container of a listing, with how it was at that moment. */
public record ListedContainer(Container container, ContainerStatus status, Optional<RunningGuest> guest) {}
