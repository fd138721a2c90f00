package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.linux.FileLock;
import dev.stencil.template.OsTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The locks that making a cache takes, in this order: cache, template exclusive while package lists are fetched, template
 * shared while they are used. Source: spec vzpkg 9.1.
 */
public final class CacheLocks {
    /** How long the original waits for a template lock. */
    private static final Duration TEMPLATE_WAIT = Duration.ofMinutes(10);

    private final CacheArea area;
    private final boolean take;
    private final Progress progress;

    public CacheLocks(CacheArea area, boolean take, Progress progress) {
        this.area = area;
        this.take = take;
        this.progress = progress;
    }

    /** One lock, or none with {@code --skiplock}. */
    public interface Held extends AutoCloseable {
        Held NOTHING = () -> {};

        @Override
        void close() throws IOException;
    }

    /** Nobody else makes or removes the cache of {@code template}. */
    public Held cache(String template, Duration wait) throws IOException {
        return exclusive(area.cacheLock(template), "Cache of " + template, wait);
    }

    /** Nobody else reads or changes the package lists of this distribution. */
    public Held templateExclusive(OsTemplate template) throws IOException {
        return exclusive(
                template.lockFile(), "Template " + template.coordinates().baseName(), TEMPLATE_WAIT);
    }

    /** Nobody changes or cleans what this distribution's package manager uses. */
    public Held templateShared(OsTemplate template) throws IOException {
        if (!take) {
            return Held.NOTHING;
        }
        String what = "Template " + template.coordinates().baseName();
        FileLock lock = FileLock.shared(template.lockFile(), TEMPLATE_WAIT)
                .orElseThrow(() -> timeout(what, template.lockFile(), TEMPLATE_WAIT));
        return lock::close;
    }

    /** Whether who asks may delete what dead runs left. */
    boolean areTaken() {
        return take;
    }

    private Held exclusive(Path file, String what, Duration wait) throws IOException {
        if (!take) {
            return Held.NOTHING;
        }
        Files.createDirectories(file.getParent());
        Optional<FileLock> atOnce = FileLock.exclusive(file, Duration.ZERO);
        if (atOnce.isPresent()) {
            return atOnce.get()::close;
        }
        progress.note(what + " is locked by " + holder(file) + ", waiting");
        FileLock lock = FileLock.exclusive(file, wait).orElseThrow(() -> timeout(what, file, wait));
        return lock::close;
    }

    private static StencilException timeout(String what, Path file, Duration waited) {
        return new StencilException(
                Fault.LOCKED,
                what + " is locked by " + holder(file) + " (waited " + waited.toSeconds() + " s for " + file
                        + "). Wait for it, or pass --timeout 0 to wait without limit.");
    }

    private static String holder(Path file) {
        try {
            OptionalLong process = FileLock.holder(file);
            return process.isPresent() ? "process " + process.getAsLong() : "another process";
        } catch (IOException e) {
            return "another process";
        }
    }
}
