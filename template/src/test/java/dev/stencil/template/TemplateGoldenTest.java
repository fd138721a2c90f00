package dev.stencil.template;

import dev.stencil.fixtures.Golden;
import dev.stencil.host.Arch;
import dev.stencil.host.StencilException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read: the templates that ship, and what is said about broken ones. */
class TemplateGoldenTest {
    private static final String BASE = TestArea.os("debian", "12", "x86_64", "default");

    @TempDir
    Path directory;

    @Test
    void shippedTemplates() {
        var area = TemplateArea.open(HostSetupTest.CHECKOUT.resolve("templates"), Arch.X86_64);
        var text = new StringBuilder();
        for (OsTemplate template : area.osTemplates()) {
            describe(template, text);
            if (template.isBase()) {
                area.applications(template).forEach(application -> describe(application, text));
            }
        }
        Golden.check("shipped-templates", text.toString());
    }

    private static void describe(Template template, StringBuilder text) {
        text.append(template.name()).append(": ").append(template.summary().orElseThrow());
        text.append('\n').append("  packages: ").append(String.join(" ", template.packages()));
        for (String record : template.ownRecords(RepositoryKind.REPOSITORY)) {
            text.append('\n').append("  repository: ").append(record);
        }
        for (Script script : Script.values()) {
            template.script(script)
                    .ifPresent(file -> text.append('\n').append("  script: ").append(script.fileName()));
        }
        for (Path key : template.keyrings()) {
            text.append('\n').append("  key: ").append(key.getFileName());
        }
        text.append("\n\n");
    }

    @Test
    void messages() {
        var area = new TestArea(directory)
                .base("debian", "12", "x86_64")
                .set("debian", "12", "x86_64", "minimal")
                .app("debian", "12", "x86_64", "mysql", "default")
                .base("old", "1", "ia64")
                .base("none", "1", "x86_64")
                .file(TestArea.os("half", "1", "x86_64", "default") + "/packages", "")
                .base("empty", "1", "x86_64")
                .file(TestArea.os("empty", "1", "x86_64", "default") + "/package_manager", "#\n")
                .file(BASE + "/repositories", "$DEB_SERVER/debian bookworm main\n")
                .file("conf/vztt/url.map", "$A http://a\n")
                .file("bad/url.map", "$A\n")
                .open();
        OsTemplate debian = area.require("debian-12");
        UrlMap map = map("conf/vztt/url.map");
        var text = new StringBuilder();
        for (String name :
                List.of("debian-12-minimla", "solaris-10", "-debian-12", "old-1-ia64", "half-1", "empty-1")) {
            add(text, () -> area.require(name));
        }
        add(text, () -> area.requireApplication(debian, "msql"));
        add(text, () -> Repositories.effective(debian, List.of(), map));
        add(text, () -> Repositories.effective(area.require("none-1"), List.of(), map));
        add(text, () -> map("bad/url.map"));
        Golden.check("messages", text.toString().replace(directory.toString(), "/vz/template"));
    }

    private UrlMap map(String file) {
        return UrlMap.read(
                directory.resolve(file), new HostArchive(directory.resolve("apt"), directory.resolve("os-release")));
    }

    private static void add(StringBuilder text, Runnable failing) {
        try {
            failing.run();
            text.append("nothing was said\n");
        } catch (StencilException e) {
            text.append(e.fault().vzpkgCode())
                    .append(' ')
                    .append(e.getMessage())
                    .append('\n');
        }
    }
}
