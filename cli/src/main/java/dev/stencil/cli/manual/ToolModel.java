package dev.stencil.cli.manual;

import dev.stencil.cli.CommandTable;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What there is to tell about one tool.
 *
 * @param synopsis shape of its command line
 * @param globals options in front of the command word
 * @param commands those that the usage text lists, in its order; the tool itself, without a name, when it has none
 */
record ToolModel(
        String name, String synopsis, boolean isSingle, List<OptionModel> globals, List<CommandModel> commands) {
    ToolModel {
        globals = List.copyOf(globals);
        commands = List.copyOf(commands);
    }

    static ToolModel of(Tool tool) {
        var nothing = new Stencil(Map.of()); // services are made when a command runs; none does here
        List<OptionModel> common = common(tool);
        List<CommandModel> commands = new ArrayList<>();
        for (CommandTable.Entry entry : tool.commands().entries()) {
            if (!entry.hidden()) {
                CommandSpec spec = entry.factory().apply(nothing).spec();
                String name = tool.isSingle() ? "" : entry.name();
                commands.add(CommandModel.of(tool.name(), name, entry.summary(), spec, common));
            }
        }
        return new ToolModel(tool.name(), tool.synopsis(), tool.isSingle(), globals(tool), commands);
    }

    /** The first words of all commands, each once, in order. */
    List<String> firstWords() {
        return commands.stream().map(CommandModel::firstWord).distinct().toList();
    }

    Optional<CommandModel> command(String name) {
        return commands.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private static List<OptionModel> common(Tool tool) {
        CommandSpec spec = Syntax.command("");
        tool.addCommonOptions(spec);
        return OptionModel.of(spec.options());
    }

    private static List<OptionModel> globals(Tool tool) {
        List<OptionModel> globals = new ArrayList<>();
        for (String name : tool.globalOptions()) {
            boolean hasValue = name.endsWith("=");
            String plain = hasValue ? name.substring(0, name.length() - 1) : name;
            globals.add(new OptionModel(List.of(plain), hasValue ? "VALUE" : "", false, tool.aboutGlobal(plain)));
        }
        return globals;
    }
}
