package dev.stencil.linux;

import java.io.IOException;

/** The window behind a terminal. */
public final class TerminalWindow {
    private TerminalWindow() {}

    /** Its width in columns as it is now; 0 when {@code descriptor} is no terminal or the kernel does not know. */
    public static int columns(int descriptor) {
        try {
            return Kernel.windowColumns(descriptor);
        } catch (IOException noTerminal) {
            return 0;
        }
    }
}
