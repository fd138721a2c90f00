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

/** {@code vzpkgcache}: caches of the newest packages, whether or not there were any before. */
public final class RenewCacheCommand extends MakingCommand {
    public RenewCacheCommand(Stencil stencil) {
        super(stencil);
    }

    @Override
    public CommandSpec spec() {
        List<ArgSpec> parts = new ArrayList<>();
        parts.add(Syntax.flag("-f --force", "Accepted; caches are made anew in any case."));
        parts.addAll(CacheArguments.building());
        parts.add(Syntax.operands("OST", "0..*", "OS templates; all base ones without any."));
        return Syntax.command("Create or update the caches of OS templates.", parts.toArray(ArgSpec[]::new));
    }

    @Override
    CacheResult make(String template, Arguments arguments, CacheOptions options, Output out) {
        out.note("Making the cache of " + template);
        return stencil().caches().update(new UpdateCacheRequest(template, options), out.progress());
    }

    @Override
    AllCachesResult makeAll(Arguments arguments, CacheOptions options, Output out) {
        return stencil().caches().makeAll(true, options, out.progress());
    }
}
