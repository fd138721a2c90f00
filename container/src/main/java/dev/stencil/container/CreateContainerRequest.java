package dev.stencil.container;

import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.ContainerName;
import dev.stencil.container.config.SettingsChange;
import java.util.Optional;

/**
 * Make a container.
 *
 * @param uuid its identity, where that is not to be its id or a random one
 * @param settings what the command line says on top of the profile
 */
public record CreateContainerRequest(
        ContainerId id,
        Optional<String> uuid,
        Optional<ContainerName> name,
        Profile profile,
        Places places,
        SettingsChange settings) {

    /**
     * What it is made from.
     *
     * @param sample name or absolute path of a sample; absent: what is configured
     * @param osTemplate absent: the sample's, or DEF_OSTEMPLATE
     * @param isPrivileged the opt-in to a container without a user namespace: its files belong to the host's users
     */
    public record Profile(Optional<String> sample, Optional<String> osTemplate, boolean isPrivileged) {
        public static final Profile DEFAULT = new Profile(Optional.empty(), Optional.empty(), false);
    }

    /** Where it lies, as configuration files write paths, with {@code $VEID}; absent: as vz.conf says. */
    public record Places(Optional<String> privateArea, Optional<String> root) {
        public static final Places DEFAULT = new Places(Optional.empty(), Optional.empty());
    }
}
