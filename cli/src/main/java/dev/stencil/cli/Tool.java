package dev.stencil.cli;

import dev.stencil.host.Fault;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** One of the programs that this one plays, by the name it is called with. */
public interface Tool {
    String name();

    /** Shape of the command line, for the usage text. */
    String synopsis();

    CommandTable commands();

    /** What a fault is called in this tool's exit codes. */
    int exitCode(Fault fault);

    /** Options that may stand before the command word; a name that ends in {@code =} takes the next word as its value. */
    default List<String> globalOptions() {
        return List.of();
    }

    /** What such an option does, for manual pages. */
    default String aboutGlobal(String name) {
        return "";
    }

    /** Adds the options that every command of the tool accepts. */
    default void addCommonOptions(CommandSpec spec) {}

    /** Adds options that other commands of the tool know: the originals accept each everywhere, mostly without effect. */
    default void addForeignOptions(CommandSpec spec) {}

    /** Sets the output as the common options ask. */
    default void configure(Arguments arguments, Output out) {}

    /** Whether the tool has no command words and is one command itself. */
    default boolean isSingle() {
        return false;
    }
}
