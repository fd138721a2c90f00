package dev.stencil.container;

/**
 * How to stop a container.
 *
 * @param isFast kills its processes at once
 * @param staysMounted leaves its root mounted
 */
public record StopOptions(boolean isFast, boolean staysMounted) {
    public static final StopOptions DEFAULT = new StopOptions(false, false);
    public static final StopOptions FAST = new StopOptions(true, false);
}
