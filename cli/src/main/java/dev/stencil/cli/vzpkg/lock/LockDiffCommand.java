package dev.stencil.cli.vzpkg.lock;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.lock.LockReferences;
import dev.stencil.packages.lock.LockDiff;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg lock diff}: how one lock differs from another; exit code 0 when they are equal, 1 when not (spec conary 9.6). */
public final class LockDiffCommand implements Command {
    private static final int DIFFERENT = 1;

    private final Stencil stencil;

    public LockDiffCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Tell how a lock differs from another. Exit code 0 when they are equal, 1 when not.",
                Syntax.operands("LOCK", "1..*", LockOperands.WHAT));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<String> words = arguments.names();
        if (words.size() != 2) {
            throw new StencilException(Fault.USAGE, "Two locks are compared, not " + words.size() + ".");
        }
        LockReferences locks = stencil.lockReferences();
        LockDiff diff = LockDiff.between(
                locks.find(words.get(0)).lock(), locks.find(words.get(1)).lock());
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartObject();
                LockJson.diff(json, diff);
                json.writeEndObject();
            });
        } else {
            out.print(diff.text());
        }
        return diff.isEmpty() ? 0 : DIFFERENT;
    }
}
