package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.applications.PackageOptions;
import dev.stencil.container.applications.UpgradeResult;
import dev.stencil.container.applications.UpgradeService;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;

/** {@code vzpkg upgrade}: running containers to the next release of their distribution (spec vzpkg 8.1). */
public final class UpgradeCommand implements Command {
    private final Stencil stencil;

    public UpgradeCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Move running containers to the next release of their distribution; rollback undoes it.",
                Syntax.flag("-p --packages", "Templates without repositories of their own bring nothing themselves."),
                PackageFlags.RELEASE,
                PackageFlags.ERASING,
                Syntax.flag("-f --force", "Leave applications behind that the next release does not have."),
                PackageFlags.CHECK_ONLY,
                PackageFlags.LOCAL,
                PackageFlags.REMOTE,
                PackageFlags.SKIP_LOCK,
                Syntax.operands("CT", "1..*", "Containers, upgraded one after the other."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        UpgradeService service = stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted)
                .upgrades();
        PackageOptions options = PackageFlags.options(arguments);
        boolean packagesOnly = arguments.flag("--packages");
        List<UpgradeResult> results = new ArrayList<>();
        for (String container : arguments.names()) {
            UpgradeResult result = service.upgrade(container, packagesOnly, options, out.progress());
            results.add(result);
            if (!out.isJson()) {
                tell(result, options.checkOnly(), out);
            }
        }
        if (out.isJson()) {
            out.json(json -> write(results, options.checkOnly(), json));
        }
        return 0;
    }

    private static void tell(UpgradeResult result, boolean checkOnly, Output out) {
        ChangesPage.section("Updated", result.updated(), out);
        ChangesPage.section("Installed", result.installed(), out);
        ChangesPage.section("Removed", result.removed(), out);
        out.note("Container " + result.container() + (checkOnly ? " can be upgraded to " : " was upgraded to ")
                + result.to());
    }

    private static void write(List<UpgradeResult> results, boolean checkOnly, JsonGenerator json) {
        json.writeStartArray();
        for (UpgradeResult result : results) {
            json.writeStartObject();
            json.writeStringProperty("container", result.container());
            json.writeStringProperty("from", result.from());
            json.writeStringProperty("to", result.to());
            json.writeBooleanProperty("done", !checkOnly);
            strings("applications", result.applications(), json);
            strings("dropped", result.dropped(), json);
            ChangesPage.write("updated", result.updated(), json);
            ChangesPage.write("installed", result.installed(), json);
            ChangesPage.write("removed", result.removed(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void strings(String key, List<String> values, JsonGenerator json) {
        json.writeArrayPropertyStart(key);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
