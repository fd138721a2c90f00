package dev.stencil.cli.manual;

import dev.stencil.cli.Tool;
import dev.stencil.cli.prlctl.Prlctl;
import dev.stencil.cli.vzctl.Vzctl;
import dev.stencil.cli.vzlist.Vzlist;
import dev.stencil.cli.vzpkg.Vzpkg;
import dev.stencil.cli.vzpkg.Vzpkgcache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes manual pages and completions of all tools below a directory, laid out as below {@code /usr/share}:
 * {@code man/man8}, {@code man/man5}, {@code bash-completion/completions}, {@code zsh/site-functions} and
 * {@code fish/vendor_completions.d}. Run by {@code tools/documents}; equal sources give equal bytes.
 */
public final class Documents {
    /** Pages of section 5; each has a text and nothing else. */
    static final List<String> FILE_PAGES = List.of("vztt.conf", "url.map", "ez-template");

    private Documents() {}

    /**
     * Writes them.
     *
     * @param arguments the directory; what is there of the same name is replaced
     */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    static List<Tool> tools() {
        return List.of(new Vzpkg(), new Vzpkgcache(), new Vzctl(), new Prlctl(), new Vzlist());
    }

    static void write(Path share) throws IOException {
        for (Tool tool : tools()) {
            ToolModel model = ToolModel.of(tool);
            write(share.resolve("man/man8/" + model.name() + ".8"), ManualPage.ofTool(tool, model));
            if (!model.isSingle()) {
                for (CommandModel command : model.commands()) {
                    write(
                            share.resolve("man/man8/" + command.page() + ".8"),
                            ManualPage.ofCommand(tool, model, command));
                }
            }
            write(share.resolve("bash-completion/completions/" + model.name()), BashCompletion.of(model));
            write(share.resolve("zsh/site-functions/_" + model.name()), ZshCompletion.of(model));
            write(share.resolve("fish/vendor_completions.d/" + model.name() + ".fish"), FishCompletion.of(model));
        }
        for (String page : FILE_PAGES) {
            PageText text = PageText.find(page)
                    .orElseThrow(() -> new IOException("manual/" + page + ".md is missing from the resources"));
            write(share.resolve("man/man5/" + page + ".5"), ManualPage.ofFile(page, text));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
