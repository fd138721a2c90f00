package dev.stencil.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageMatchTest {
    private static final PackageName INSTALLED = new PackageName("libc6", "2.36-9", "amd64");

    @ParameterizedTest
    @CsvSource({
        "libc6, true",
        "libc6=2.36-9, true",
        "libc6:amd64, true",
        "libc6:any, true",
        "libc6:amd64=2.36-9, true",
        "libc, false",
        "libc6-dev, false",
        "libc6=2.36, false",
        "libc6:i386, false",
        "LIBC6, false",
        "libc*, false"
    })
    void debian_comparesNameVersionAndArchExactly(String word, boolean expected) {
        assertThat(PackageMatch.DEBIAN.matches(word, INSTALLED)).isEqualTo(expected);
    }
}
