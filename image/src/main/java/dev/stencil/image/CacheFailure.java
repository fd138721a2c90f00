package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Words for what can go wrong while a cache is made; the previous one is untouched in all cases. */
final class CacheFailure {
    private static final int MEBIBYTE = 1 << 20;

    private CacheFailure() {}

    /** {@code e} itself, or {@code NO_SPACE} when somewhere below it a disk was full. */
    static StencilException of(String template, Path place, StencilException e) {
        return isFullDisk(e) ? noSpace(template, place, e) : e;
    }

    static StencilException of(String template, Path place, IOException e) {
        return isFullDisk(e)
                ? noSpace(template, place, e)
                : new StencilException(
                        Fault.SYSTEM, "The cache of " + template + " was not made: " + e.getMessage() + ".", e);
    }

    private static StencilException noSpace(String template, Path place, Exception e) {
        return new StencilException(
                Fault.NO_SPACE,
                "The disk is full: the cache of " + template
                        + " was not made, what was there before is unchanged. Only "
                        + free(place) + " MiB are free for " + place + ". Free some space and try again. ("
                        + e.getMessage()
                        + ")",
                e);
    }

    /** Tools say it in words only, and under {@code LC_ALL=C} always in these ({@code errno(3)}). */
    private static boolean isFullDisk(Throwable e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }

    private static long free(Path place) {
        try {
            Path existing = place;
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            return Files.getFileStore(existing).getUsableSpace() / MEBIBYTE;
        } catch (IOException unknown) {
            return 0;
        }
    }
}
