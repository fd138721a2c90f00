package dev.stencil.container.engine;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a guest may use; what is absent is unlimited. Source: spec vzctl 7.1.
 *
 * @param memoryBytes PHYSPAGES
 * @param swapBytes SWAPPAGES, what may be swapped out beside {@code memoryBytes}
 * @param processes NUMPROC, processes and threads together
 */
public record GuestLimits(OptionalLong memoryBytes, OptionalLong swapBytes, OptionalLong processes, Cpu cpu) {
    public static final GuestLimits NONE =
            new GuestLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Cpu.ALL);

    /**
     * Share of the processors.
     *
     * @param units CPUUNITS: weight against other guests, 1000 is normal
     * @param percent CPULIMIT: 100 is one processor; the least of it and 100 times CPUS is to be given
     * @param mask CPUMASK as in {@code cpuset(7)}: {@code 0-3,7}
     */
    public record Cpu(OptionalInt units, OptionalInt percent, Optional<String> mask) {
        public static final Cpu ALL = new Cpu(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }
}
