package dev.stencil.host;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code /etc/vztt/vztt.conf}, the template tools' own configuration; keys: spec vzpkg 3.3. */
public final class VzttConf {
    private static final Duration DEFAULT_EXPIRE = Duration.ofDays(1);

    private final ConfigFile file;

    private VzttConf(ConfigFile file) {
        this.file = file;
    }

    public static VzttConf read(HostLayout layout) {
        Path path = layout.vzttConf();
        try {
            return new VzttConf(ConfigFile.read(path));
        } catch (NoSuchFileException e) {
            throw new StencilException(Fault.SYSTEM, path + " is missing. Create it; it may be empty.", e);
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    public ConfigFile file() {
        return file;
    }

    /** Age at which package lists are fetched again; a value that is no number counts as the default, one day. */
    public Duration metadataExpire() {
        return file.nonEmpty("METADATA_EXPIRE")
                .filter(text -> text.chars().allMatch(Character::isDigit) && text.length() < 12)
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(DEFAULT_EXPIRE);
    }

    /** Package globs never installed or updated. */
    public List<String> excludes() {
        return file.list("EXCLUDE");
    }

    /** Whether application templates are recognised by the packages they consist of. */
    public boolean isAutodetectionOn() {
        return file.get("APP_TEMPLATE_AUTODETECTION")
                .map("yes"::equalsIgnoreCase)
                .orElse(true);
    }
}
