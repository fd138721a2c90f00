package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codes of each tool for what its own grammar refuses (spec vzpkg 4.1, vzctl 3.1). */
class ExitCodesTest {
    @TempDir
    Path root;

    @Test
    void vzpkg_givesThirtyFive_forAnythingItCannotRead() {
        assertThat(code("vzpkg")).isEqualTo(35);
        assertThat(code("vzpkg", "nothing")).isEqualTo(35);
        assertThat(code("vzpkg", "create")).isEqualTo(35);
        assertThat(code("vzpkg", "-q", "list")).isEqualTo(35);
        assertThat(code("vzpkg", "list", "--bogus")).isEqualTo(35);
        assertThat(code("vzpkg", "list", "-d", "many")).isEqualTo(35);
        assertThat(code("vzpkg", "info", "--available", "x")).isEqualTo(35);
    }

    @Test
    void vzpkg_refusesAProgressDescriptorThatIsNotOpen() {
        assertThat(code("vzpkg", "list", "--progress", "0")).isEqualTo(35);
        assertThat(code("vzpkg", "list", "--progress", "7x")).isEqualTo(35);
        assertThat(code("vzpkg", "list", "--progress", "../../x")).isEqualTo(35);
    }

    @Test
    void vzctl_givesTwenty_withoutACommand() {
        assertThat(code("vzctl")).isEqualTo(20);
        assertThat(code("vzctl", "nothing")).isEqualTo(20);
    }

    @Test
    void helpOnStandardErrorIsNoFailure() {
        var result = new ToolRun(root).runAsNobody("vzpkg", "help");

        assertThat(result.code()).isZero();
        assertThat(result.data()).isEmpty();
        assertThat(result.messages()).startsWith("Usage: vzpkg");
    }

    private int code(String... words) {
        return new ToolRun(root).run(words).code();
    }
}
