package dev.stencil.cli.vzpkg.area;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.StencilException;
import dev.stencil.image.FetchRequest;
import dev.stencil.image.FetchResult;
import dev.stencil.packages.Freshness;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;

/** {@code vzpkg fetch}: packages of templates, for the time without a network (spec vzpkg 8.2). */
public final class FetchCommand implements Command {
    private static final int MEBIBYTE = 1 << 20;

    private final Stencil stencil;

    public FetchCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Fetch the packages of OS templates, their sets and applications, for later use without a network.",
                Syntax.flag("-O --os", "Only those of OS templates."),
                Syntax.flag("-A --app", "Only those of application templates."),
                Syntax.flag("-P --separate", "Template by template."),
                Syntax.flag("-f --force", "Go on with the others when one template fails."),
                Syntax.flag("-C --cache", "Use the package lists that are here."),
                Syntax.flag("-r --remote", "Fetch package lists whatever their age."),
                Syntax.flag("-2 --skiplock", "Take no locks."),
                Syntax.operands("OST", "1..*", "OS templates."));
    }

    /** The exit code is that of the first template that failed, also with {@code -P} (the original's is 0 then). */
    @Override
    public int run(Arguments arguments, Output out) {
        List<FetchResult> results = new ArrayList<>();
        for (String name : arguments.names()) {
            results.add(stencil.downloads().fetch(request(name, arguments), out.progress()));
        }
        if (out.isJson()) {
            out.json(json -> writeAll(results, json));
        }
        for (FetchResult result : results) {
            result.fetched()
                    .forEach(one -> out.note(one.template() + ": " + one.packages() + " packages, "
                            + one.sizeBytes() / MEBIBYTE + " MiB"));
        }
        for (FetchResult result : results) {
            if (!result.failures().isEmpty()) {
                StencilException first = result.failures().getFirst().failure();
                throw new StencilException(
                        first.fault(), result.failures().getFirst().template() + ": " + first.getMessage(), first);
            }
        }
        return 0;
    }

    private static FetchRequest request(String name, Arguments arguments) {
        String only = arguments.lastOf("--os", "--app").orElse("");
        Freshness freshness =
                switch (arguments.lastOf("--cache", "--remote").orElse("")) {
                    case "--cache" -> Freshness.LOCAL_ONLY;
                    case "--remote" -> Freshness.ALWAYS;
                    default -> Freshness.WHEN_EXPIRED;
                };
        return new FetchRequest(
                name,
                !only.equals("--app"),
                !only.equals("--os"),
                arguments.flag("--separate"),
                arguments.flag("--force"),
                freshness,
                !arguments.flag("--skiplock"));
    }

    private static void writeAll(List<FetchResult> results, JsonGenerator json) {
        json.writeStartArray();
        for (FetchResult result : results) {
            for (FetchResult.Fetched one : result.fetched()) {
                json.writeStartObject();
                json.writeStringProperty("template", one.template());
                json.writeStringProperty("result", "fetched");
                json.writeNumberProperty("packages", one.packages());
                json.writeNumberProperty("size", one.sizeBytes());
                json.writeEndObject();
            }
            for (FetchResult.Failed one : result.failures()) {
                json.writeStartObject();
                json.writeStringProperty("template", one.template());
                json.writeStringProperty("result", "failed");
                json.writeStringProperty("error", String.valueOf(one.failure().getMessage()));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
