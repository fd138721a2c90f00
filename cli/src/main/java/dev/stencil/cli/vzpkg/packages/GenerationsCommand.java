package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.undo.Operation;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;

/** {@code vzpkg generations}: what was done to a container's packages, and how far it can be taken back. */
public final class GenerationsCommand implements Command {
    private static final int STATE_COLUMN = 12;
    private static final int SNAPSHOT_COLUMN = 9;

    private final Stencil stencil;

    public GenerationsCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "List the package operations on a container, each with the generation that it led to.",
                Syntax.operands("CT", "1", "Container."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<Operation> operations = stencil.containerPackages(true, out::uninterrupted)
                .rollbacks()
                .generations(arguments.names().getFirst());
        int current = current(operations);
        if (out.isJson()) {
            out.json(json -> write(operations, current, json));
            return 0;
        }
        for (Operation operation : operations) {
            out.line((operation.number() == current ? "*" : " ")
                    + padLeft(Integer.toString(operation.number()))
                    + "  "
                    + operation.times().started()
                    + "  "
                    + pad(operation.state().word(), STATE_COLUMN)
                    + pad(operation.snapshot().word(), SNAPSHOT_COLUMN)
                    + "vzpkg "
                    + operation.command());
        }
        return 0;
    }

    /** The generation that the container is at; 0 before the first operation, or when all are undone. */
    private static int current(List<Operation> operations) {
        int current = 0;
        for (Operation operation : operations) {
            current = operation.isInForce() ? operation.number() : current;
        }
        return current;
    }

    private static void write(List<Operation> operations, int current, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("current", current);
        json.writeArrayPropertyStart("generations");
        for (Operation operation : operations) {
            json.writeStartObject();
            json.writeNumberProperty("number", operation.number());
            json.writeStringProperty("command", "vzpkg " + operation.command());
            json.writeStringProperty("started", operation.times().started().toString());
            operation.times().ended().ifPresent(end -> json.writeStringProperty("ended", end.toString()));
            json.writeStringProperty("state", operation.state().word());
            json.writeStringProperty("snapshot", operation.snapshot().word());
            operation.lock().ifPresent(id -> json.writeStringProperty("lock", id));
            operation.error().ifPresent(words -> json.writeStringProperty("error", words));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static String padLeft(String number) {
        return " ".repeat(Math.max(0, 4 - number.length())) + number;
    }
}
