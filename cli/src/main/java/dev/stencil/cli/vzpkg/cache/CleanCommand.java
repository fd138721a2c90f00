package dev.stencil.cli.vzpkg.cache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.image.CleanRequest;
import dev.stencil.image.Freed;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;

/** {@code vzpkg clean} (spec vzpkg 8.3, in the terms of a store that is shared by all templates). */
public final class CleanCommand implements Command {
    private static final Set<Freed.Kind> CACHES =
            EnumSet.of(Freed.Kind.LEFTOVERS, Freed.Kind.GENERATIONS, Freed.Kind.LAYERS);

    private final Stencil stencil;

    public CleanCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Remove what no template, cache or container refers to.",
                Syntax.flag("-k --clean-packages", "Only fetched packages."),
                Syntax.flag("-t --clean-template", "Only what caches are made of, and what unfinished ones left."),
                Syntax.flag("-a --clean-all", "Everything, and package lists, which are fetched again when needed."),
                Syntax.flag("-n --check-only", "Only tell what would be removed."),
                Syntax.flag("-2 --skiplock", "Take no locks."),
                Syntax.operands("OST", "0..*", "Look at the caches and lists of these OS templates only."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        boolean checkOnly = arguments.flag("--check-only");
        var request = new CleanRequest(kinds(arguments), arguments.names(), checkOnly, !arguments.flag("--skiplock"));
        List<Freed> freed = stencil.cleaning().clean(request, out.progress());
        if (out.isJson()) {
            out.json(json -> write(json, freed, checkOnly));
            return 0;
        }
        if (checkOnly) {
            freed.forEach(one -> one.paths().forEach(path -> out.line(path.toString())));
        }
        freed.forEach(one -> out.note(shown(one, checkOnly)));
        return 0;
    }

    private static Set<Freed.Kind> kinds(Arguments arguments) {
        if (arguments.flag("--clean-all")) {
            return EnumSet.allOf(Freed.Kind.class);
        }
        Set<Freed.Kind> kinds = EnumSet.noneOf(Freed.Kind.class);
        if (arguments.flag("--clean-packages")) {
            kinds.add(Freed.Kind.PACKAGES);
        }
        if (arguments.flag("--clean-template")) {
            kinds.addAll(CACHES);
        }
        return kinds.isEmpty() ? EnumSet.complementOf(EnumSet.of(Freed.Kind.LISTS)) : kinds;
    }

    private static String shown(Freed freed, boolean checkOnly) {
        long tenths = (freed.sizeBytes() * 10) >> 20;
        return name(freed) + ": " + freed.paths().size() + (checkOnly ? " would be removed, " : " removed, ")
                + tenths / 10 + "." + tenths % 10 + " MiB";
    }

    private static String name(Freed freed) {
        return switch (freed.kind()) {
            case LEFTOVERS -> "Leftovers of unfinished work";
            case GENERATIONS -> "Replaced generations";
            case LAYERS -> "Layers";
            case PACKAGES -> "Packages";
            case LISTS -> "Package lists";
        };
    }

    private static void write(JsonGenerator json, List<Freed> freed, boolean checkOnly) {
        json.writeStartObject();
        json.writeBooleanProperty("check_only", checkOnly);
        json.writeNumberProperty(
                "size", freed.stream().mapToLong(Freed::sizeBytes).sum());
        json.writeArrayPropertyStart("freed");
        for (Freed one : freed) {
            json.writeStartObject();
            json.writeStringProperty("kind", one.kind().name().toLowerCase(Locale.ROOT));
            json.writeNumberProperty("count", one.paths().size());
            json.writeNumberProperty("size", one.sizeBytes());
            json.writeArrayPropertyStart("paths");
            one.paths().forEach(path -> json.writeString(path.toString()));
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
