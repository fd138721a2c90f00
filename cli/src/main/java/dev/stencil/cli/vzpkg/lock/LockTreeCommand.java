package dev.stencil.cli.vzpkg.lock;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockTree;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg lock tree}: the packages of a lock below the lists and packages that ask for them. */
public final class LockTreeCommand implements Command {
    private final Stencil stencil;

    public LockTreeCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Show the packages of a lock below the lists and packages that ask for them.",
                Syntax.operands("LOCK", "1", LockOperands.WHAT));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        Lock lock = stencil.lockReferences()
                .find(Arguments.withoutDot(arguments.operand(0)))
                .lock();
        LockTree tree = LockTree.of(lock);
        if (!out.isJson()) {
            out.print(tree.text());
            return 0;
        }
        out.json(json -> {
            json.writeStartArray();
            for (LockTree.Line line : tree.lines()) {
                json.writeStartObject();
                json.writeNumberProperty("depth", line.depth());
                json.writeStringProperty("name", line.name());
                if (!line.version().isEmpty()) {
                    json.writeStringProperty("version", line.version());
                }
                json.writeBooleanProperty("repeated", line.isRepeated());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        return 0;
    }
}
