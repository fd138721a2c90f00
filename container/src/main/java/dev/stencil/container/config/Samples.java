package dev.stencil.container.config;

import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resource profiles that new containers start from, {@code /etc/vz/conf/ve-NAME.conf-sample}; source: spec vzctl 1.8. */
public final class Samples {
    /** What a profile never hands to an existing container; source: the list after spec vzctl 1.5. */
    private static final Set<String> PRIVATE_KEYS = Set.of(
            "HOSTNAME",
            "IP_ADDRESS",
            "OSTEMPLATE",
            "TEMPLATE",
            "TEMPLATES",
            "VE_ROOT",
            "VE_PRIVATE",
            "NETIF",
            "VEID",
            "UUID",
            "NAME",
            "DISTRIBUTION",
            "VEFORMAT",
            "VEFSTYPE",
            "TECHNOLOGIES",
            "PCI",
            "DISK");

    private static final String OF_CACHES = "vps.vzpkgtools.conf-sample";

    private final HostLayout layout;

    public Samples(HostLayout layout) {
        this.layout = layout;
    }

    /**
     * A profile read.
     *
     * @param name what ORIGIN_SAMPLE records
     */
    public record Sample(String name, ConfigFile content) {
        /** Settings that may be applied to an existing container. */
        public Map<String, Optional<String>> applicable() {
            Map<String, Optional<String>> result = new HashMap<>();
            for (String key : content.keys()) {
                if (!PRIVATE_KEYS.contains(key)) {
                    result.put(key, content.get(key));
                }
            }
            result.put("ORIGIN_SAMPLE", Optional.of(name));
            return result;
        }
    }

    /** The profile of that name, or at that absolute path. */
    public Sample require(String name) {
        Path file =
                name.startsWith("/") ? Path.of(name) : layout.containerConfigs().resolve("ve-" + name + ".conf-sample");
        return read(name.startsWith("/") ? file.getFileName().toString() : name, file);
    }

    private Sample read(String name, Path file) {
        try {
            return new Sample(name, ConfigFile.read(file));
        } catch (NoSuchFileException e) {
            throw new StencilException(
                    Fault.SAMPLE_MISSING,
                    "The sample configuration " + file + " does not exist. See " + layout.containerConfigs()
                            + "/ve-*.conf-sample for those there are.",
                    e);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SAMPLE_MISSING, "Cannot read the sample " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The profile that {@code --config} of the commands for application caches means: of that name, else the file of that
     * name beside the profiles, as {@code 101.conf}. Source: spec vzpkg 3.5.
     */
    public Sample requireForCache(String name) {
        Path beside = layout.containerConfigs().resolve(name);
        boolean isProfile = Files.exists(layout.containerConfigs().resolve("ve-" + name + ".conf-sample"));
        return isProfile || name.startsWith("/") || !Files.isRegularFile(beside) ? require(name) : read(name, beside);
    }

    /** The profile of systems in which caches are made. */
    public Sample requireOfCaches() {
        return read(OF_CACHES, layout.containerConfigs().resolve(OF_CACHES));
    }

    /** The profile that CONFIGFILE in vz.conf names, if it is there. */
    public Optional<Sample> byDefault(VzConf global) {
        return global.defaultSample()
                .filter(name -> Files.exists(layout.containerConfigs().resolve("ve-" + name + ".conf-sample")))
                .map(this::require);
    }
}
