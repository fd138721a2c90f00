package dev.stencil.container.undo;

import dev.stencil.linux.Folder;
import java.io.IOException;
import java.util.Arrays;

/** Marks that overlayfs leaves in a directory of changes. Source: {@code overlayfs.rst}, "whiteouts and opaque directories". */
final class Overlay {
    private static final String OPAQUE = "trusted.overlay.opaque";

    private Overlay() {}

    /** Whether the directory hides what the layers have at its place. */
    static boolean isOpaque(Folder folder) throws IOException {
        return folder.attribute(OPAQUE)
                .filter(value -> Arrays.equals(value, new byte[] {'y'}))
                .isPresent();
    }

    static void unhide(Folder folder) throws IOException {
        folder.removeAttribute(OPAQUE);
    }
}
