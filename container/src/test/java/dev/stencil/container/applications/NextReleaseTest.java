package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextReleaseTest {
    @TempDir
    Path root;

    @Test
    void theNextNumberIsTheNextRelease_evenIfItNamesNone() throws IOException {
        release("9", "");
        release("10", "# none\n");

        assertThat(nextOf("9")).contains("10");
    }

    @Test
    void aReleaseThatNamesTheCurrentOneIsTheNext_whateverItsNumber() throws IOException {
        release("22.04", "");
        release("24.04", "20.04 22.04\n");

        assertThat(nextOf("22.04")).contains("24.04");
    }

    @Test
    void ofSeveralTheLowestCounts_byNumbersNotByLetters() throws IOException {
        release("8.2", "");
        release("8.10", "8.2");
        release("8.9", "8.2");

        assertThat(nextOf("8.2")).contains("8.9");
    }

    @Test
    void aVersionThatIsNoNumberHasNoNextNumber() throws IOException {
        release("8.0", "");
        release("9", "");
        release("el5", "");

        assertThat(nextOf("8.0")).isEmpty();
        assertThat(nextOf("el5")).isEmpty();
    }

    @Test
    void neitherItselfNorAnEarlierReleaseIsTheNext() throws IOException {
        release("12", "12\n");
        release("11", "");

        assertThat(nextOf("12")).isEmpty();
    }

    private void release(String version, String upgradable) throws IOException {
        new TinyArea(root, version).operatingSystem("upgradable_versions", upgradable);
    }

    private Optional<String> nextOf(String version) throws IOException {
        TemplateArea area = new TinyArea(root, version).open();
        OsTemplate current = area.require("tiny-" + version + "-x86_64");
        return NextRelease.of(current, area.baseTemplates())
                .map(found -> found.coordinates().osVersion());
    }
}
