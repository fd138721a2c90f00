package dev.stencil.cli.vzpkg.cache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
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
        parts.add(Syntax.flag("--update-cache", "Update inside the present cache (not supported)."));
        parts.addAll(CacheArguments.building());
        parts.add(Syntax.operands("OST", "0..*", "OS templates; all base ones without any."));
        return Syntax.command("Make the caches of OS templates anew.", parts.toArray(ArgSpec[]::new));
    }

    @Override
    CacheResult make(String template, Arguments arguments, CacheOptions options, Output out) {
        refuseInPlace(arguments);
        out.note("Updating the cache of " + template);
        return stencil().caches().update(new UpdateCacheRequest(template, options), out.progress());
    }

    @Override
    AllCachesResult makeAll(Arguments arguments, CacheOptions options, Output out) {
        refuseInPlace(arguments);
        return stencil().caches().makeAll(true, options, out.progress());
    }

    private static void refuseInPlace(Arguments arguments) {
        if (arguments.flag("--update-cache")) {
            throw new StencilException(
                    Fault.NOT_SUPPORTED,
                    "Updating inside the present cache is not supported yet. Without --update-cache it is made anew.");
        }
    }
}
