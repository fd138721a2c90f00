package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Digest;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WavePlanTest {
    private static DebPackage deb(String name, String fields) {
        var control = Paragraph.parseAll("Package: " + name + "\nVersion: 1\nArchitecture: all\n" + fields)
                .getFirst();
        var file = new PackageFile(
                new PackageName(name, "1", "all"), URI.create("file:/" + name), 1, Digest.of(new byte[0]));
        return new DebPackage(file, Path.of("/" + name), control, List.of());
    }

    private static List<List<String>> plan(List<DebPackage> packages) {
        return WavePlan.of(packages).stream()
                .map(wave -> wave.stream().map(DebPackage::name).toList())
                .toList();
    }

    @Test
    void of_putsEssentialAndItsClosureFirst() {
        assertThat(plan(List.of(
                        deb("shell", "Essential: yes\nPre-Depends: libc\n"),
                        deb("libc", "Depends: crypt | nothing\n"),
                        deb("crypt-2", "Provides: crypt (= 2)\n"),
                        deb("editor", "Depends: libc\n"))))
                .containsExactly(List.of("crypt-2", "libc", "shell"), List.of("editor"));
    }

    @Test
    void of_putsAPackageBehindWhatItPreDependsOn_andDependantsWithIt() {
        assertThat(plan(List.of(
                        deb("base", "Essential: yes\n"),
                        deb("a", "Depends: b\n"),
                        deb("b", "Pre-Depends: c\n"),
                        deb("c", ""),
                        deb("d", ""))))
                .containsExactly(List.of("base"), List.of("c", "d"), List.of("a", "b"));
    }

    @Test
    void of_takesTheProviderOfHighestPriority() {
        assertThat(plan(List.of(
                        deb("base-files", "Essential: yes\nPre-Depends: awk\n"),
                        deb("gawk", "Provides: awk\nPriority: optional\n"),
                        deb("mawk", "Provides: awk\nPriority: required\n"))))
                .containsExactly(List.of("base-files", "mawk"), List.of("gawk"));
    }

    @Test
    void of_endsWithCircles() {
        assertThat(plan(List.of(deb("a", "Pre-Depends: b\n"), deb("b", "Pre-Depends: a\n"))))
                .isNotEmpty();
        assertThat(plan(List.of(deb("a", "Depends: b\n"), deb("b", "Depends: a\n"))))
                .containsExactly(List.of("a", "b"));
    }

    @Test
    void of_doesNotDependOnTheOrderOfThePackages() {
        List<DebPackage> packages = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            packages.add(deb(
                    "p" + i,
                    (i % 9 == 0 ? "Essential: yes\n" : "") + "Depends: p" + (i * 7 % 40) + "\nPre-Depends: p" + (i / 2)
                            + "\n"));
        }
        List<List<String>> first = plan(packages);
        Collections.shuffle(packages, new Random(3));
        assertThat(plan(packages)).isEqualTo(first);
    }
}
