package dev.stencil.cli.vzpkg.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.ToolRun;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.lane.NotAffectedBy;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates that come and go as packages, with the real rpm and dpkg on databases below the test's directory. */
@NotAffectedBy("container")
class TemplateCommandsIT {
    private static final String SMALL = "/vz/template/small/1/x86_64/config/";

    @TempDir
    Path temporary;

    private Path root;
    private ToolRun tool;

    @BeforeEach
    void makeHost() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        root = temporary.resolve("host");
        Path keyring = Files.writeString(temporary.resolve("key.gpg"), "");
        TinyHost.in(root, "http://127.0.0.1:1/ tiny main", keyring, "tiny-base")
                .application("web", "packages", "web\n");
        tool = new ToolRun(root);
    }

    @Test
    void aDebBringsADistributionWithItsApplications_andTakesThemAway() throws IOException {
        Path deb = TinyPackage.named("small-1-x86-64-ez")
                .file(SMALL + "os/default/packages", "base\n")
                .file(SMALL + "os/default/package_manager", "dpkgx64\n")
                .file(SMALL + "app/web/default/packages", "web\n")
                .build(temporary);

        assertThat(expect(0, "install", "template", "-n", deb.toString()).data())
                .isEqualTo(
                        "small-1-x86_64 web template could be installed\nsmall-1-x86_64 template could be installed\n");
        assertThat(root.resolve("vz/template/small")).doesNotExist();
        assertThat(expect(0, "install", "template", deb.toString()).data())
                .isEqualTo("small-1-x86_64 web template was installed\nsmall-1-x86_64 template was installed\n");
        assertThat(expect(0, "list", "-q").data()).contains("small-1-x86_64 ");
        assertThat(expect(27, "install", "template", deb.toString()).messages()).contains("small-1-x86_64 web");
        expect(0, "update", "template", deb.toString());
        assertThat(expect(28, "remove", "template", "-F", "small-1-x86_64", "web")
                        .messages())
                .contains("small-1-x86-64-ez");

        assertThat(expect(0, "remove", "template", "-n", "small-1-x86_64").data())
                .isEqualTo("small-1-x86_64 template could be removed\n");
        assertThat(expect(0, "remove", "template", "-q", ".small-1-x86_64").data())
                .isEqualTo("small-1-x86_64 template was removed\n");
        assertThat(root.resolve("vz/template/small")).doesNotExist();
        expect(0, "install", "template", deb.toString());
    }

    @Test
    void anRpmDoesTheSame() throws IOException {
        Path rpm = rpm("small-1-x86_64-ez", SMALL + "os/default/packages", SMALL + "os/default/package_manager");

        assertThat(expect(0, "install", "template", rpm.toString()).data())
                .isEqualTo("small-1-x86_64 template was installed\n");
        assertThat(expect(0, "info", "-q", "small-1-x86_64", "package_manager").data())
                .isEqualTo("dpkgx64\n");
        expect(27, "install", "template", rpm.toString());
        expect(0, "install", "template", "-f", rpm.toString());

        expect(0, "remove", "template", "small-1-x86_64");
        assertThat(root.resolve("vz/template/small")).doesNotExist();
        assertThat(packages()).isEmpty();
    }

    @Test
    void applicationsOfAnotherPackageKeepTheirBase() throws IOException {
        Path base = rpm("small-1-x86_64-ez", SMALL + "os/default/packages", SMALL + "os/default/package_manager");
        Path web = rpm("web-small-1-x86_64-ez", SMALL + "app/web/default/packages");
        expect(0, "install", "template", base.toString(), web.toString());

        assertThat(expect(65, "remove", "template", "small-1-x86_64").messages())
                .contains("web");
        assertThat(expect(0, "remove", "template", "-F", ".small-1-x86_64", "web")
                        .data())
                .isEqualTo("small-1-x86_64 web template was removed\n");
        assertThat(packages()).containsExactly("small-1-x86_64-ez");
        expect(0, "remove", "template", "small-1-x86_64");
    }

    @Test
    void whatIsNoTemplate_orForNoKnownHost_isRefused() throws IOException {
        Path other = TinyPackage.named("other").file("/usr/share/other", "x\n").build(temporary);
        Path alien = TinyPackage.named("alien")
                .file("/vz/template/small/1/sparc/config/os/default/packages", "base\n")
                .build(temporary);
        Path old = TinyPackage.named("old")
                .file("/vz/template/small/1/ia64/config/os/default/packages", "base\n")
                .build(temporary);

        expect(33, "install", "template", other.toString());
        expect(
                33,
                "install",
                "template",
                Files.writeString(temporary.resolve("text"), "x").toString());
        expect(
                33,
                "install",
                "template",
                Files.writeString(temporary.resolve("text.rpm"), "x").toString());
        expect(57, "install", "template", alien.toString());
        expect(58, "update", "template", old.toString());
        expect(0, "install", "template", "-f", old.toString());
        expect(9, "install", "template", "-v", "nowhere");
        expect(9, "install", "template", "/nowhere.rpm");
        expect(61, "install", "template", "-F", "tiny-1-x86_64", "nginx");
    }

    @Test
    void templatesWithoutAPackage_areDirectories() throws IOException {
        TinyHost.in(root, "http://127.0.0.1:1/ tiny main", temporary.resolve("key.gpg"), "tiny-base")
                .set("minimal", "packages", "x\n")
                .application("web", "packages", "web\n")
                .application("db", "packages", "db\n");
        Path area = root.resolve("vz/template");
        Files.createDirectories(area.resolve("stencil/caches/tiny-1-x86_64-minimal/0001"));

        assertThat(expect(32, "remove", "template", "tiny-1-x86_64").messages()).contains("tiny-1-x86_64-minimal");
        expect(0, "remove", "template", "tiny-1-x86_64-minimal");
        assertThat(area.resolve("stencil/caches/tiny-1-x86_64-minimal")).doesNotExist();
        expect(0, "remove", "template", "-F", "tiny-1-x86_64", "db");
        assertThat(area.resolve("tiny/1/x86_64/config/app/db")).doesNotExist();
        assertThat(area.resolve("tiny/1/x86_64/config/app/web")).exists();
        expect(0, "remove", "template", "tiny-1-x86_64");
        assertThat(area.resolve("tiny")).doesNotExist();
        expect(24, "remove", "template", "-f", "tiny-1-x86_64");
    }

    @Test
    void templatesInUse_stay() throws IOException {
        Files.createDirectories(root.resolve("etc/vz/conf"));
        Files.writeString(
                root.resolve("etc/vz/conf/2501.conf"), "OSTEMPLATE=\".tiny-1-x86_64\"\nTEMPLATES=\" .web\"\n");

        assertThat(expect(27, "remove", "template", "tiny-1-x86_64").messages()).contains("container 2501");
        expect(27, "remove", "template", "-F", "tiny-1-x86_64", "web");
        expect(0, "remove", "template", "-f", "-F", "tiny-1-x86_64", "web");
        expect(0, "remove", "template", "-f", "tiny-1-x86_64");
    }

    /** A package of these files by the real rpmbuild; the one named {@code package_manager} names dpkg. */
    private Path rpm(String name, String... files) throws IOException {
        var install = new StringBuilder();
        for (String file : files) {
            String text = file.endsWith("package_manager") ? "dpkgx64" : "base";
            install.append("install -d %{buildroot}$(dirname ").append(file).append(")\n");
            install.append("echo ")
                    .append(text)
                    .append(" > %{buildroot}")
                    .append(file)
                    .append('\n');
        }
        Path spec = Files.writeString(
                temporary.resolve(name + ".spec"),
                "Name: " + name + "\nVersion: 1\nRelease: 1\nSummary: template\nLicense: none\nBuildArch: noarch\n"
                        + "%description\nTemplate.\n%install\n" + install + "%files\n" + String.join("\n", files)
                        + "\n");
        new HostPrograms()
                .run(Program.of("rpmbuild", "-bb", "--define", "_topdir " + temporary.resolve("rpm"), spec.toString()))
                .orThrow();
        return temporary.resolve("rpm/RPMS/noarch/" + name + "-1-1.noarch.rpm");
    }

    private List<String> packages() throws IOException {
        return new HostPrograms()
                .run(Program.of("rpm", "--root", root.toString(), "--dbpath", "/var/lib/stencil/rpm", "-qa")
                        .args("--qf", "%{NAME}\\n"))
                .orThrow()
                .text()
                .lines()
                .toList();
    }

    private ToolRun.Result expect(int code, String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "vzpkg";
        System.arraycopy(words, 0, all, 1, words.length);
        ToolRun.Result result = tool.run(all);
        assertThat(result.code())
                .as(String.join(" ", words) + "\n" + result.text())
                .isEqualTo(code);
        return result;
    }
}
