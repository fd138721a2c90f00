package dev.stencil.cli.vzpkg.cache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.image.AllCachesResult;
import dev.stencil.image.CacheOptions;
import dev.stencil.image.CacheResult;
import dev.stencil.image.UpdateCacheRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg update cache}: makes caches anew from the newest packages (spec vzpkg 5.7). */
public final class UpdateCacheCommand extends MakingCommand {
    public UpdateCacheCommand(Stencil stencil) {
        super(stencil);
    }

    @Override
    public CommandSpec spec() {
        List<ArgSpec> parts = new ArrayList<>();
        parts.add(Syntax.flag("-f --force", "Accepted; the cache is made anew in any case."));
        parts.add(Syntax.flag("--update-cache", "Only bring in what is newer, on top of the present cache."));
        parts.addAll(CacheArguments.building());
        parts.add(Syntax.operands("OST", "0..*", "OS templates; all base ones without any."));
        return Syntax.command("Make the caches of OS templates anew.", parts.toArray(ArgSpec[]::new));
    }

    /** {@code -n} tells what would change in the present cache (spec vzpkg 5.7). */
    @Override
    CacheResult make(String template, Arguments arguments, CacheOptions options, Output out) {
        out.note("Updating the cache of " + template);
        var request = new UpdateCacheRequest(template, options);
        return isInPlace(arguments)
                ? stencil().caches().updateInPlace(request, out.progress())
                : stencil().caches().update(request, out.progress());
    }

    @Override
    AllCachesResult makeAll(Arguments arguments, CacheOptions options, Output out) {
        return isInPlace(arguments)
                ? stencil().caches().updateAllInPlace(options, out.progress())
                : stencil().caches().makeAll(true, options, out.progress());
    }

    private static boolean isInPlace(Arguments arguments) {
        return arguments.flag("--update-cache") || arguments.flag("--check-only");
    }
}
