package dev.stencil.cli.vzpkg.cache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.image.RemoveCacheRequest;
import dev.stencil.template.OsTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg remove cache} (spec vzpkg 5.7). Containers keep the layers that they stand on. */
public final class RemoveCacheCommand implements Command {
    private final Stencil stencil;

    public RemoveCacheCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        List<ArgSpec> parts = new ArrayList<>(CacheArguments.common());
        parts.add(Syntax.operands("OST", "0..*", "OS templates; all base ones without any."));
        return Syntax.command("Remove the caches of OS templates.", parts.toArray(ArgSpec[]::new));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        var options = CacheArguments.options(arguments);
        List<Path> all = new ArrayList<>();
        for (String name : names(arguments)) {
            var request = new RemoveCacheRequest(name, options);
            List<Path> removed =
                    stencil.caches().remove(request, out.progress()).removed();
            removed.forEach(generation -> out.note(generation.toString()));
            all.addAll(removed);
        }
        tell(all, out);
        return 0;
    }

    /** As JSON where that is asked for; for a person each was named when it went. */
    public static void tell(List<Path> removed, Output out) {
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartObject();
                json.writeArrayPropertyStart("removed");
                removed.forEach(directory -> json.writeString(directory.toString()));
                json.writeEndArray();
                json.writeEndObject();
            });
        }
    }

    private List<String> names(Arguments arguments) {
        if (!arguments.operands().isEmpty()) {
            return arguments.names();
        }
        return stencil.templates().baseTemplates().stream()
                .filter(base -> !base.isPreCached())
                .map(OsTemplate::name)
                .toList();
    }
}
