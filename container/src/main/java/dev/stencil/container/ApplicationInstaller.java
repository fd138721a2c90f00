package dev.stencil.container;

import dev.stencil.container.config.ContainerId;
import dev.stencil.host.Progress;
import java.util.List;

/** Installs application templates into a running container, with all that belongs to it. */
@FunctionalInterface
public interface ApplicationInstaller {
    void install(ContainerId container, List<String> templates, Progress progress);
}
