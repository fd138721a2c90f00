package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateInputsTest {
    private static final String BASE = TestArea.os("debian", "12", "x86_64", "default") + "/";
    private static final String SET = TestArea.os("debian", "12", "x86_64", "minimal") + "/";
    private static final String MYSQL = TestArea.app("debian", "12", "x86_64") + "/mysql/";

    @TempDir
    Path directory;

    private TestArea area;

    @BeforeEach
    void makeArea() {
        area = new TestArea(directory)
                .base("debian", "12", "x86_64")
                .set("debian", "12", "x86_64", "minimal")
                .app("debian", "12", "x86_64", "mysql", "default");
    }

    @Test
    void ofABase_areItsOwnFiles_withoutWhatOnlyDescribes() {
        area.file(BASE + "repositories", "x\n").file(BASE + "summary", "s\n").file(BASE + "keys/a.gpg", "k\n");

        assertThat(TemplateInputs.of(base(), List.of()))
                .containsOnlyKeys("packages", "package_manager", "repositories")
                .containsEntry("packages", area.path(BASE + "packages"));
    }

    @Test
    void ofASet_nameWhatComesFromTheBase() {
        area.file(BASE + "packages_0", "a\n")
                .file(BASE + "packages_1", "b\n")
                .file(SET + "packages_1", "c\n")
                .file(BASE + "repositories", "x\n")
                .file(SET + "repositories", "y\n");

        assertThat(TemplateInputs.of(set(), List.of()).keySet())
                .containsExactly(
                        "../default/package_manager",
                        "../default/packages_0",
                        "../default/repositories",
                        "packages",
                        "packages_1",
                        "repositories");
    }

    @Test
    void scripts_countWhenTheyRun() {
        area.script(BASE + "post-install")
                .file(BASE + "pre-cache", "#!/bin/sh\n")
                .script(BASE + "pre-remove")
                .script(MYSQL + "default/post-install");

        assertThat(TemplateInputs.of(set(), List.of(mysql())).keySet())
                .containsExactly(
                        "../default/package_manager",
                        "../default/post-install",
                        "app/mysql/default/packages",
                        "app/mysql/default/post-install",
                        "packages");
    }

    private OsTemplate base() {
        return area.open().require("debian-12-x86_64");
    }

    private OsTemplate set() {
        return area.open().require("debian-12-x86_64-minimal");
    }

    private AppTemplate mysql() {
        return area.open().requireApplication(set(), "mysql");
    }
}
