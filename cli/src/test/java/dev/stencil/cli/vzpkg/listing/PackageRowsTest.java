package dev.stencil.cli.vzpkg.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageName;
import org.junit.jupiter.api.Test;

class PackageRowsTest {
    private static final InstalledPackage NGINX = new InstalledPackage(
            new PackageName("nginx", "1.22.1-9", "amd64"),
            "small, powerful, scalable web/proxy server with a summary that never ends");

    @Test
    void text_putsTheVersionInColumn41() {
        assertThat(PackageRows.text(NGINX, false)).isEqualTo("nginx.amd64                              1.22.1-9");
    }

    @Test
    void text_withSummaryIsNarrowerAndCutsTheSummaryAt55Characters() {
        assertThat(PackageRows.text(NGINX, true))
                .isEqualTo(
                        "nginx.amd64            1.22.1-9               small, powerful, scalable web/proxy server with a summa");
    }

    @Test
    void text_withoutAKnownSummaryStaysWide() {
        var unknown = new InstalledPackage(NGINX.name(), "");

        assertThat(PackageRows.text(unknown, true)).isEqualTo(PackageRows.text(NGINX, false));
    }

    @Test
    void text_keepsANameThatIsLongerThanItsColumn() {
        String name = "a-package-whose-name-is-longer-than-forty-characters";

        assertThat(PackageRows.text(new InstalledPackage(new PackageName(name, "1", "all"), ""), false))
                .isEqualTo(name + ".all 1");
    }
}
