package dev.stencil.cli.vzpkg.appcache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzpkg.cache.CacheArguments;
import dev.stencil.cli.vzpkg.cache.RemoveCacheCommand;
import dev.stencil.image.AppcacheSelection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg remove appcache}: finds the cache as {@code create appcache} does. Containers keep their layers. */
public final class RemoveAppcacheCommand implements Command {
    private final Stencil stencil;

    public RemoveAppcacheCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        List<ArgSpec> parts = new ArrayList<>(AppcacheArguments.selection());
        parts.addAll(CacheArguments.common());
        return Syntax.command("Remove the cache of an OS template with applications.", parts.toArray(ArgSpec[]::new));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        var selection = AppcacheSelection.of(stencil.templates(), AppcacheArguments.wish(stencil, arguments));
        List<Path> removed = stencil.caches()
                .applications()
                .remove(selection, CacheArguments.options(arguments), out.progress())
                .removed();
        removed.forEach(generation -> out.note(generation.toString()));
        RemoveCacheCommand.tell(removed, out);
        return 0;
    }
}
