package dev.stencil.cli.vzpkg.cache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.image.AllCachesResult;
import dev.stencil.image.CacheOptions;
import dev.stencil.image.CacheResult;
import dev.stencil.image.CreateCacheRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg create cache}: the file system that containers of an OS template start from (spec vzpkg 5.4). */
public final class CreateCacheCommand extends MakingCommand {
    public CreateCacheCommand(Stencil stencil) {
        super(stencil);
    }

    @Override
    public CommandSpec spec() {
        List<ArgSpec> parts = new ArrayList<>();
        parts.add(Syntax.flag("-f --force", "Make it anew when there is one."));
        parts.addAll(CacheArguments.building());
        parts.add(Syntax.operands("OST", "0..*", "OS templates; all base ones without any."));
        return Syntax.command("Make the caches of OS templates.", parts.toArray(ArgSpec[]::new));
    }

    @Override
    CacheResult make(String template, Arguments arguments, CacheOptions options, Output out) {
        out.note("Creating the cache of " + template);
        var request = new CreateCacheRequest(template, arguments.flag("--force"), options);
        return stencil().caches().create(request, out.progress());
    }

    @Override
    AllCachesResult makeAll(Arguments arguments, CacheOptions options, Output out) {
        return stencil().caches().makeAll(arguments.flag("--force"), options, out.progress());
    }
}
