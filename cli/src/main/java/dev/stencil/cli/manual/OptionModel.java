package dev.stencil.cli.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that the help shows.
 *
 * @param names short ones first
 * @param label what its value is, in capitals, or the values there are; empty for an option without a value
 */
record OptionModel(List<String> names, String label, boolean repeats, String description) {
    OptionModel {
        names = List.copyOf(names);
    }

    /** Those of {@code options} that are not hidden, in the order they were declared. */
    static List<OptionModel> of(List<OptionSpec> options) {
        List<OptionModel> models = new ArrayList<>();
        for (OptionSpec option : options) {
            if (!option.hidden()) {
                models.add(new OptionModel(
                        List.of(option.names()),
                        option.arity().max() == 0 ? "" : option.paramLabel(),
                        option.isMultiValue(),
                        String.join(" ", option.description())));
            }
        }
        return models;
    }

    boolean hasValue() {
        return !label.isEmpty();
    }

    List<String> shortNames() {
        return names.stream().filter(name -> name.length() == 2).toList();
    }

    List<String> longNames() {
        return names.stream().filter(name -> name.startsWith("--")).toList();
    }
}
