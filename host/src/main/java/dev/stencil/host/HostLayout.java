package dev.stencil.host;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where everything lies on the host. All paths are below {@code root}, {@code /} in production; the environment variable
 * {@code STENCIL_ROOT} puts them below another directory, so a test or a second installation never touches the host's own.
 */
public record HostLayout(Path root) {
    public HostLayout {
        root = root.toAbsolutePath().normalize();
    }

    public static HostLayout fromEnvironment(Map<String, String> environment) {
        return new HostLayout(Path.of(environment.getOrDefault("STENCIL_ROOT", "/")));
    }

    /** A path as configuration files write it, {@code /vz/template}, put below the root. */
    public Path at(String configuredPath) {
        int start = 0;
        while (start < configuredPath.length() && configuredPath.charAt(start) == '/') {
            start++;
        }
        return root.resolve(configuredPath.substring(start)).normalize();
    }

    /** The inverse of {@link #at}: how configuration files write {@code path}. */
    public String configured(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(root) ? "/" + root.relativize(absolute) : absolute.toString();
    }

    public Path vzConf() {
        return at("/etc/vz/vz.conf");
    }

    /** Container configurations, samples and global action scripts. */
    public Path containerConfigs() {
        return at("/etc/vz/conf");
    }

    /** Links from container names to their configurations. */
    public Path containerNames() {
        return at("/etc/vz/names");
    }

    public Path vzttConf() {
        return at("/etc/vztt/vztt.conf");
    }

    public Path nojquotaConf() {
        return at("/etc/vztt/nojquota.conf");
    }

    public Path logs() {
        return at("/var/log");
    }

    /** State that does not outlive a boot of the host: bundles, pid files, network state. */
    public Path run() {
        return at("/run/stencil");
    }

    /** Whether this is the host itself and not a test's directory. */
    public boolean isHost() {
        return root.equals(Path.of("/"));
    }
}
