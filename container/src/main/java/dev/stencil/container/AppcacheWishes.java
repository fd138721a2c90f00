package dev.stencil.container;

import dev.stencil.container.config.Samples.Sample;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.VzConf;
import dev.stencil.image.AppcacheWish;
import java.util.List;
import java.util.Optional;

/** Reads from profiles which applications belong into a cache (spec vzpkg 3.5). */
public final class AppcacheWishes {
    private final VzConf global;

    public AppcacheWishes(VzConf global) {
        this.global = global;
    }

    /**
     * What {@code sample} says, where the command line does not say otherwise.
     *
     * @param template {@code --ostemplate}
     * @param applications {@code --apptemplate}, in place of the whole list of the sample
     */
    public AppcacheWish of(Sample sample, Optional<String> template, Optional<List<String>> applications) {
        ConfigFile profile = sample.content();
        return new AppcacheWish(
                template.or(() -> profile.nonEmpty("OSTEMPLATE")),
                applications.orElseGet(() -> profile.list("TEMPLATES")),
                isAllowed(profile));
    }

    /** What a container of {@code template} made from {@code profile} is to have. */
    AppcacheWish of(ConfigFile profile, String template) {
        return new AppcacheWish(Optional.of(template), profile.list("TEMPLATES"), isAllowed(profile));
    }

    private boolean isAllowed(ConfigFile profile) {
        return global.isGoldenImageAllowed() && !profile.isSwitchedOff("GOLDEN_IMAGE");
    }
}
