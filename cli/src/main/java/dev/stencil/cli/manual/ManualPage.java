package dev.stencil.cli.manual;

import dev.stencil.cli.Release;
import dev.stencil.cli.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts manual pages together: of a tool, of one of its commands, of a file. */
final class ManualPage {
    private static final String PROJECT = "Stencil " + Release.VERSION;
    private static final String ADMINISTRATION = "System administration";
    private static final String FILES = "File formats";

    private ManualPage() {}

    /** Section 8, named like the tool: its commands, options in front of them, exit codes. */
    static String ofTool(Tool tool, ToolModel model) {
        Optional<PageText> text = PageText.find(model.name());
        if (model.isSingle()) {
            return ofCommand(tool, model, model.commands().getFirst());
        }
        var page = new Roff(model.name(), 8, Release.DATE, PROJECT, ADMINISTRATION);
        page.section("Name");
        page.text(model.name() + " - " + title(text, "tool of Stencil"));
        page.section("Synopsis");
        page.synopsis(
                model.name(), model.synopsis().substring(model.name().length()).strip());
        page.synopsis(model.name(), "COMMAND --help");
        section(page, text, "Description");
        page.section("Commands");
        for (CommandModel command : model.commands()) {
            page.item("`" + command.name() + "`", command.summary() + ". See `" + command.page() + "`(8).");
        }
        if (!model.globals().isEmpty()) {
            page.section("Options");
            page.text("These stand in front of the command.");
            options(page, model.globals());
        }
        section(page, text, "Environment");
        exitCodes(page, tool, text);
        section(page, text, "Files");
        section(page, text, "Examples");
        List<String> pages = model.commands().stream().map(CommandModel::page).toList();
        seeAlso(page, text, pages);
        return page.text();
    }

    /** Section 8, {@code vzpkg-create-cache(8)}. */
    static String ofCommand(Tool tool, ToolModel model, CommandModel command) {
        Optional<PageText> text = PageText.find(command.page());
        var page = new Roff(command.page(), 8, Release.DATE, PROJECT, ADMINISTRATION);
        page.section("Name");
        page.text(command.page() + " - " + lowerFirst(command.summary()));
        page.section("Synopsis");
        page.synopsis(command.invocation(), synopsis(command));
        page.section("Description");
        page.text(command.description());
        text.ifPresent(more -> more.section("Description").forEach(page::block));
        for (OperandModel operand : command.operands()) {
            page.item("``" + operand.synopsis() + "``", operand.description());
        }
        if (!command.allOptions().isEmpty()) {
            page.section("Options");
            options(page, command.options());
            options(page, command.commonOptions());
        }
        section(page, text, "Output");
        if (model.isSingle()) {
            exitCodes(page, tool, text);
        } else {
            page.section("Exit status");
            page.text("0 when everything was done, else a number that tells what went wrong: see `" + model.name()
                    + "`(8).");
            text.ifPresent(more -> more.section("Exit status").forEach(page::block));
        }
        section(page, text, "Files");
        section(page, text, "Examples");
        seeAlso(page, text, model.isSingle() ? List.of() : List.of(model.name()));
        return page.text();
    }

    /** Section 5: what its text says. Its first section is {@code # Name}. */
    static String ofFile(String name, PageText text) {
        var page = new Roff(name, 5, Release.DATE, PROJECT, FILES);
        for (Map.Entry<String, List<PageText.Block>> section : text.sections().entrySet()) {
            page.section(section.getKey());
            page.blocks(section.getValue());
        }
        return page.text();
    }

    private static String synopsis(CommandModel command) {
        var words = new StringBuilder();
        if (!command.allOptions().isEmpty()) {
            words.append("[OPTION…]");
        }
        for (OperandModel operand : command.operands()) {
            words.append(words.isEmpty() ? "" : " ").append(operand.synopsis());
        }
        return words.toString();
    }

    private static void options(Roff page, List<OptionModel> options) {
        for (OptionModel option : options) {
            page.item(Roff.optionTerm(option), option.description());
        }
    }

    private static void exitCodes(Roff page, Tool tool, Optional<PageText> text) {
        page.section("Exit status");
        text.ifPresent(more -> page.blocks(more.section("Exit status")));
        page.item("0", "Everything was done.");
        ExitCodes.of(tool).forEach((code, meaning) -> page.item(Integer.toString(code), meaning));
    }

    private static void section(Roff page, Optional<PageText> text, String name) {
        List<PageText.Block> blocks = text.map(one -> one.section(name)).orElse(List.of());
        if (!blocks.isEmpty()) {
            page.section(name);
            page.blocks(blocks);
        }
    }

    /** The pages a text names, one a line {@code name(8)}, behind {@code first}. */
    private static void seeAlso(Roff page, Optional<PageText> text, List<String> first) {
        List<String> pages = new ArrayList<>();
        first.forEach(name -> pages.add(name + "(8)"));
        for (PageText.Block block : text.map(one -> one.section("See also")).orElse(List.of())) {
            if (block instanceof PageText.Block.Paragraph(var names)) {
                pages.addAll(List.of(names.split("[ ,]+")));
            }
        }
        if (pages.isEmpty()) {
            return;
        }
        page.section("See also");
        page.text(String.join(
                ", ", pages.stream().distinct().map(ManualPage::reference).toList()));
    }

    private static String reference(String page) {
        int section = page.indexOf('(');
        return section < 0 ? page : "`" + page.substring(0, section) + "`" + page.substring(section);
    }

    private static String title(Optional<PageText> text, String otherwise) {
        return text.map(one -> one.shown("Name"))
                .filter(lines -> !lines.isEmpty())
                .map(lines -> lines.getFirst().strip())
                .orElse(otherwise);
    }

    private static String lowerFirst(String text) {
        return text.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
