package dev.stencil.container.config;

import dev.stencil.host.ConfigFile;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One value of a container's configuration that an option of {@code vzctl create} and {@code vzctl set} gives.
 *
 * @param options names of the option, separated by blanks
 * @param key where the configuration keeps it
 * @param label stands for the value in the help
 * @param form checks a value given and returns it as it is stored; empty drops the key
 */
public record Setting(
        String options, String key, String label, String description, Effect effect, UnaryOperator<String> form) {

    /** When a new value counts. */
    public enum Effect {
        /** At once when the container runs. */
        LIVE,
        NEXT_START,
        /** Never on this kernel: kept for other tools and hosts. */
        KEPT
    }

    /** The option's first name. */
    public String option() {
        return names().getFirst();
    }

    public List<String> names() {
        return ConfigFile.split(options);
    }
}
