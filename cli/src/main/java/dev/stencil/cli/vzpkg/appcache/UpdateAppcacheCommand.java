package dev.stencil.cli.vzpkg.appcache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzpkg.cache.CacheArguments;
import dev.stencil.cli.vzpkg.cache.CacheReport;
import dev.stencil.image.AppcacheSelection;
import dev.stencil.image.CacheOptions;
import dev.stencil.image.CacheResult;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg update appcache}: anew on the OS template's present cache, or in place. */
public final class UpdateAppcacheCommand implements Command {
    private final Stencil stencil;

    public UpdateAppcacheCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        List<ArgSpec> parts = new ArrayList<>();
        parts.add(Syntax.flag("-f --force", "Accepted; the cache is made anew in any case."));
        parts.add(Syntax.flag("--update-cache", "Only bring in what is newer, on top of the present cache."));
        parts.addAll(AppcacheArguments.selection());
        parts.addAll(CacheArguments.building());
        return Syntax.command(
                "Make the cache of an OS template with applications anew.", parts.toArray(ArgSpec[]::new));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        CacheOptions options = CacheArguments.options(arguments);
        var selection = AppcacheSelection.of(stencil.templates(), AppcacheArguments.wish(stencil, arguments));
        CacheResult result = arguments.flag("--update-cache")
                ? stencil.caches().applications().updateInPlace(selection, options, out.progress())
                : stencil.caches().applications().update(selection, options, out.progress());
        new CacheReport(out, "vzpkg update appcache, with the same options").tell(result);
        return 0;
    }
}
