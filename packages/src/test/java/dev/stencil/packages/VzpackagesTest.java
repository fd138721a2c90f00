package dev.stencil.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VzpackagesTest {
    private static final PackageName NGINX = new PackageName("nginx", "1.22.1-9", "amd64");
    private static final PackageName ZLIB = new PackageName("zlib1g", "1:1.2.13", "amd64");
    private static final PackageName ZLIB_32 = new PackageName("zlib1g", "1:1.2.13", "i386");

    @Test
    void text_hasTheColumnsOfTheOriginal() {
        assertThat(Vzpackages.of(List.of(NGINX, new PackageName("a-name-of-more-than-22-characters", "1", "all")))
                        .text())
                .isEqualTo(
                        " nginx                  amd64     1.22.1-9\n a-name-of-more-than-22-characters all       1\n");
    }

    @Test
    void parse_passesOverCommentsAndBrokenLines() {
        assertThat(Vzpackages.parse("# made by hand\n\n half line\n\tnginx amd64 1.22.1-9 rest\n")
                        .packages())
                .containsExactly(NGINX);
    }

    @Test
    void parse_letsALaterLineReplaceAnEarlierOneOfTheSameNameAndArch() {
        assertThat(Vzpackages.parse(" nginx amd64 1\n zlib1g i386 1:1.2.13\n nginx amd64 1.22.1-9\n")
                        .packages())
                .containsExactly(NGINX, ZLIB_32);
    }

    @Test
    void merge_replacesVersionsAtTheirPlaceAndAppendsNewPackages() {
        var before = Vzpackages.of(List.of(new PackageName("nginx", "1", "amd64"), ZLIB));

        assertThat(before.merge(List.of(ZLIB_32, NGINX), List.of()).packages()).containsExactly(NGINX, ZLIB, ZLIB_32);
    }

    @Test
    void merge_dropsRemovedPackagesOfTheirArchOnly() {
        var before = Vzpackages.of(List.of(ZLIB, ZLIB_32));

        assertThat(before.merge(List.of(), List.of(ZLIB_32)).packages()).containsExactly(ZLIB);
    }

    @Test
    void merge_dropsEveryArchWhenTheRemovedOneIsUnknown() {
        var before = Vzpackages.of(List.of(ZLIB, NGINX, ZLIB_32));

        assertThat(before.merge(List.of(), List.of(new PackageName("zlib1g", "", "")))
                        .packages())
                .containsExactly(NGINX);
    }

    @Property
    void parse_acceptsAnyTextAndReadsBackWhatItWrites(@ForAll String text) {
        var first = Vzpackages.parse(text);

        assertThat(Vzpackages.parse(first.text()).packages()).isEqualTo(first.packages());
    }
}
