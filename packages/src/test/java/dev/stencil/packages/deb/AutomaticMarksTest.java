package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Digest;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AutomaticMarksTest {
    private static final String LIB = "Package: lib\nArchitecture: amd64\nAuto-Installed: 1\n\n";

    @Test
    void merge_marksOnlyNewcomersThatNobodyAskedFor() {
        assertThat(AutomaticMarks.merge("", plan(List.of(), "app", "lib"))).isEqualTo(LIB);
    }

    @Test
    void merge_leavesTheMarkOfAnUpgradedPackageAlone() {
        var old = new PackageName("lib", "0", "amd64");

        assertThat(AutomaticMarks.merge("", plan(List.of(old), "app", "lib"))).isEmpty();
    }

    @Test
    void merge_keepsWhatIsThere() {
        String manual = "Package: lib\nArchitecture: amd64\nAuto-Installed: 0\n\n";

        assertThat(AutomaticMarks.merge(manual, plan(List.of(), "lib"))).isEqualTo(manual);
    }

    private static Resolution plan(List<PackageName> replaced, String... names) {
        List<PackageFile> files = Stream.of(names)
                .map(name -> new PackageFile(
                        new PackageName(name, "1", "amd64"), URI.create("file:/" + name), 1, Digest.of(new byte[0])))
                .toList();
        return new Resolution(files, List.of(), replaced, List.of(), Set.of("lib"));
    }
}
