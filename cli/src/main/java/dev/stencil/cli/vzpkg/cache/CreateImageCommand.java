package dev.stencil.cli.vzpkg.cache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.config.Amount;
import dev.stencil.container.config.Samples;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.Generation;
import dev.stencil.template.OsTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg create image}: the system of a cache as a disk image for other programs (spec vzpkg 5.10). */
public final class CreateImageCommand implements Command {
    private static final String SIZE = "DISKSPACE";
    private static final long USUAL_BYTES = 10L << 30;

    private final Stencil stencil;

    public CreateImageCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        List<ArgSpec> parts = new ArrayList<>();
        parts.add(Syntax.flag("-C --cache", "Use package lists and packages that are here, no network."));
        parts.add(Syntax.value("--timeout", "SECONDS", "Wait no longer for the cache's lock; 0 waits without limit."));
        parts.add(Syntax.operands("OST PATH", "2..*", "OS template, and the file to make."));
        return Syntax.command(
                "Write the system of a cache, made first when it is missing, into a raw ext4 disk image.",
                parts.toArray(ArgSpec[]::new));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        if (arguments.operands().size() > 2) {
            throw new StencilException(Fault.USAGE, "Name one OS template and one file.");
        }
        OsTemplate template = stencil.templates().require(arguments.operand(0));
        Path target = Path.of(arguments.operand(1)).toAbsolutePath();
        Generation generation = stencil.caches().require(template, CacheArguments.options(arguments), out.progress());
        stencil.diskImage().create(generation, target, sizeBytes(), out.progress());
        out.note("Image of " + template.name() + " is ready: " + target);
        return 0;
    }

    /** What the sample of caches says, like the size of the original's images; 10 GiB without it (spec vzpkg 3.4). */
    private long sizeBytes() {
        return new Samples(stencil.layout())
                .requireOfCaches()
                .content()
                .nonEmpty(SIZE)
                .filter(text -> text.contains(":"))
                .map(text -> Amount.parse(SIZE, text, Amount.Unit.KIB))
                .filter(amount -> !amount.isUnlimited() && amount.limit() > 0)
                .map(amount -> amount.limit() << 10)
                .orElse(USUAL_BYTES);
    }
}
