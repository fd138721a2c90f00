package dev.stencil.cli.vzpkg.appcache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.AppcacheWishes;
import dev.stencil.container.config.Samples;
import dev.stencil.image.AppcacheWish;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

/** The options that say which system with which applications is meant (spec vzpkg 3.5 and 4.2). */
public final class AppcacheArguments {
    private static final String CONFIG = "--config";
    private static final String TEMPLATE = "--ostemplate";
    private static final String APPLICATIONS = "--apptemplate";

    private AppcacheArguments() {}

    /** The three options. */
    public static List<ArgSpec> selection() {
        return List.of(
                Syntax.value(CONFIG, "SAMPLE", "Take OSTEMPLATE and TEMPLATES from this sample configuration."),
                Syntax.value(TEMPLATE, "OST", "OS template, whatever the sample says."),
                Syntax.value(
                        APPLICATIONS, "APPS", "Applications, with commas between them, whatever the sample says."));
    }

    /** Whether any of the three was given. */
    public static boolean areIn(Arguments arguments) {
        return arguments.lastOf(CONFIG, TEMPLATE, APPLICATIONS).isPresent();
    }

    /** What they mean together with the sample; {@code SAMPLE_MISSING} without one. */
    public static AppcacheWish wish(Stencil stencil, Arguments arguments) {
        var samples = new Samples(stencil.layout());
        Optional<String> config = arguments.nonEmptyValue(CONFIG);
        return new AppcacheWishes(stencil.vzConf())
                .of(
                        config.isPresent() ? samples.requireForCache(config.get()) : samples.requireOfCaches(),
                        arguments.nonEmptyValue(TEMPLATE),
                        arguments.nonEmptyValue(APPLICATIONS).map(AppcacheArguments::split));
    }

    private static List<String> split(String names) {
        return List.of(names.split("[,\\s]+")).stream()
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
