package dev.stencil.host;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code /etc/vz/vz.conf}, the global configuration; keys: spec vzpkg 3.2 and vzctl 1.9. */
public final class VzConf {
    private final HostLayout layout;
    private final ConfigFile file;

    private VzConf(HostLayout layout, ConfigFile file) {
        this.layout = layout;
        this.file = file;
    }

    public static VzConf read(HostLayout layout) {
        Path path = layout.vzConf();
        try {
            return new VzConf(layout, ConfigFile.read(path));
        } catch (NoSuchFileException e) {
            throw new StencilException(Fault.NO_CONFIG, path + " is missing. Reinstall Stencil, or create it.", e);
        } catch (IOException e) {
            throw new StencilException(Fault.NO_CONFIG, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    public ConfigFile file() {
        return file;
    }

    /** The template area, {@code TEMPLATE}. */
    public Path templateArea() {
        return layout.at(require("TEMPLATE", Fault.TEMPLATE_AREA_UNSET));
    }

    /** Directory of container locks, {@code LOCKDIR}. */
    public Path lockDirectory() {
        return layout.at(require("LOCKDIR", Fault.LOCKDIR_UNSET));
    }

    /** {@code VE_ROOT} as written, with {@code $VEID}. */
    public String rootPattern() {
        return require("VE_ROOT", Fault.ROOT_UNSET);
    }

    /** {@code VE_PRIVATE} as written, with {@code $VEID}. */
    public String privatePattern() {
        return require("VE_PRIVATE", Fault.PRIVATE_UNSET);
    }

    /** Name of the sample that new containers get, {@code CONFIGFILE}. */
    public Optional<String> defaultSample() {
        return file.nonEmpty("CONFIGFILE");
    }

    /** {@code DEF_OSTEMPLATE} without its leading dot. */
    public Optional<String> defaultOsTemplate() {
        return file.nonEmpty("DEF_OSTEMPLATE").map(name -> name.startsWith(".") ? name.substring(1) : name);
    }

    /** Whether caches may hold applications, {@code GOLDEN_IMAGE}. */
    public boolean isGoldenImageAllowed() {
        return !file.isSwitchedOff("GOLDEN_IMAGE");
    }

    private String require(String key, Fault fault) {
        return file.nonEmpty(key)
                .orElseThrow(
                        () -> new StencilException(fault, key + " is not set in " + layout.vzConf() + ". Add it."));
    }
}
