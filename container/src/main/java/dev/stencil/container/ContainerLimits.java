package dev.stencil.container;

import dev.stencil.container.config.Amount;
import dev.stencil.container.config.Amount.Unit;
import dev.stencil.container.config.ContainerConfig;
import dev.stencil.container.engine.GuestLimits;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What a configuration allows its container, in the engine's terms; source: spec vzctl 1.7 and 7.1. */
final class ContainerLimits {
    /** Keys that {@link #of} reads. */
    static final Set<String> KEYS =
            Set.of("PHYSPAGES", "PRIVVMPAGES", "SWAPPAGES", "NUMPROC", "CPUUNITS", "CPULIMIT", "CPUS", "CPUMASK");

    private static final long PAGE = 4096;
    private static final long DEFAULT_PROCESSES = 131072;
    private static final int MOST_PROCESSES = 4194304;

    private ContainerLimits() {}

    static GuestLimits of(ContainerConfig config) {
        // Configurations from before PHYSPAGES limit memory by PRIVVMPAGES and know no swap.
        OptionalLong memory = bytes(config, "PHYSPAGES");
        boolean old =
                config.get("PHYSPAGES").isEmpty() && config.get("PRIVVMPAGES").isPresent();
        long processes = config.amount("NUMPROC", Unit.ITEMS).map(Amount::limit).orElse(DEFAULT_PROCESSES);
        return new GuestLimits(
                old ? bytes(config, "PRIVVMPAGES") : memory,
                old ? OptionalLong.of(0) : bytes(config, "SWAPPAGES"),
                OptionalLong.of(Math.min(processes, MOST_PROCESSES)),
                new GuestLimits.Cpu(number(config, "CPUUNITS"), percent(config), mask(config)));
    }

    private static OptionalLong bytes(ContainerConfig config, String key) {
        Optional<Amount> pages = config.amount(key, Unit.PAGES);
        return pages.isEmpty() || pages.get().limit() > Long.MAX_VALUE / PAGE
                ? OptionalLong.empty()
                : OptionalLong.of(pages.get().limit() * PAGE);
    }

    private static OptionalInt number(ContainerConfig config, String key) {
        return config.amount(key, Unit.ITEMS)
                .filter(amount -> amount.limit() > 0 && amount.limit() <= Integer.MAX_VALUE)
                .map(amount -> OptionalInt.of((int) amount.limit()))
                .orElse(OptionalInt.empty());
    }

    /** The least of CPULIMIT and 100 times CPUS; 0 of either is no limit. */
    private static OptionalInt percent(ContainerConfig config) {
        OptionalInt cap = number(config, "CPULIMIT");
        OptionalInt cpus = number(config, "CPUS");
        if (cpus.isEmpty()) {
            return cap;
        }
        long all = 100L * cpus.getAsInt();
        return OptionalInt.of((int) Math.min(all, cap.orElse(Integer.MAX_VALUE)));
    }

    private static Optional<String> mask(ContainerConfig config) {
        return config.get("CPUMASK").filter(mask -> !mask.equals("all") && !mask.equals("auto"));
    }
}
