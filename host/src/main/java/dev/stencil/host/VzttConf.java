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

    /** {@code TOOLS_TREE}: templates and directories that bring package managers, in the order in which they are tried. */
    public List<String> toolsTrees() {
        return file.list("TOOLS_TREE");
    }

    /** {@code SNAPSHOTS}: how many operations on a container's packages can be undone; 0 for none. */
    public int snapshots() {
        return (int) number("SNAPSHOTS", 5);
    }

    /**
     * {@code SNAPSHOT_LIMIT}, in MiB: up to this size everything that a container has changed is kept with a snapshot, not
     * only what belongs to packages.
     */
    public long snapshotLimitBytes() {
        return number("SNAPSHOT_LIMIT", 64) << 20;
    }

    /** The value of {@code key} as a time in seconds; {@code usual} when it is absent, 0 or no number. */
    public Duration seconds(String key, Duration usual) {
        long seconds = number(key, 0);
        return seconds == 0 ? usual : Duration.ofSeconds(seconds);
    }

    /** {@code JOBS}: how many containers are worked on at once; as many as there are processors when it is not set. */
    public int jobs() {
        return Math.clamp(number("JOBS", Runtime.getRuntime().availableProcessors()), 1, 1000);
    }

    private long number(String key, long usual) {
        return file.nonEmpty(key)
                .filter(text -> text.length() < 9 && text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(Long::parseLong)
                .orElse(usual);
    }

    /** Whether application templates are recognised by the packages they consist of. */
    public boolean isAutodetectionOn() {
        return file.get("APP_TEMPLATE_AUTODETECTION")
                .map("yes"::equalsIgnoreCase)
                .orElse(true);
    }
}
