package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InstalledRootTest {
    @Test
    void packages_areThoseWhoseFilesAreThere_alsoWhenAScriptFailed() {
        var text = new StringBuilder();
        for (String state : List.of(
                "install ok installed",
                "hold ok installed",
                "install ok unpacked",
                "install reinstreq half-configured",
                "install ok triggers-pending",
                "deinstall ok config-files",
                "purge ok not-installed",
                "install ok half-installed")) {
            text.append("Package: ")
                    .append(state.replace(' ', '-'))
                    .append("\nStatus: ")
                    .append(state);
            text.append("\nVersion: 1\nArchitecture: all\nDescription: one line\n more\n\n");
        }

        var packages = new InstalledRoot(text.toString(), List.of(), "").packages();

        assertThat(packages)
                .extracting(found -> found.name().name())
                .containsExactly(
                        "install-ok-installed",
                        "hold-ok-installed",
                        "install-ok-unpacked",
                        "install-reinstreq-half-configured",
                        "install-ok-triggers-pending");
        assertThat(packages.getFirst().summary()).isEqualTo("one line");
    }
}
