package dev.stencil.linux;

/** Linking {@link Kernel} takes longer than most of what is then done with it, so it is begun before it is needed. */
public final class KernelStart {
    private KernelStart() {}

    /** Returns at once. Never needed: the first call links by itself, or waits for this to end. */
    public static void inBackground() {
        Thread.ofPlatform().daemon().name("kernel").start(() -> Kernel.close(-1));
    }
}
