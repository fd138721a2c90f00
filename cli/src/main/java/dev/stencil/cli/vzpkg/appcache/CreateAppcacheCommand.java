package dev.stencil.cli.vzpkg.appcache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzpkg.cache.CacheArguments;
import dev.stencil.cli.vzpkg.cache.CacheReport;
import dev.stencil.image.AppcacheSelection;
import dev.stencil.image.CacheResult;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg create appcache}: a cache with applications in it, on top of that of the OS template. */
public final class CreateAppcacheCommand implements Command {
    private final Stencil stencil;

    public CreateAppcacheCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        List<ArgSpec> parts = new ArrayList<>();
        parts.add(Syntax.flag("-f --force", "Make it anew when there is one."));
        parts.addAll(AppcacheArguments.selection());
        parts.addAll(CacheArguments.building());
        return Syntax.command("Make the cache of an OS template with applications.", parts.toArray(ArgSpec[]::new));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        var selection = AppcacheSelection.of(stencil.templates(), AppcacheArguments.wish(stencil, arguments));
        CacheResult result = stencil.caches()
                .applications()
                .create(selection, arguments.flag("--force"), CacheArguments.options(arguments), out.progress());
        new CacheReport(out, "vzpkg update appcache, with the same options").tell(result);
        return 0;
    }
}
