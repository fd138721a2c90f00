package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DpkgWordsTest {
    @Test
    void parse_namesThePackageAndKeepsWhatItsScriptSaid() {
        var words = DpkgWords.parse(
                """
                cp: cannot stat '/nowhere'
                dpkg: error processing package tiny-broken (--configure):
                 installed tiny-broken package post-installation script subprocess returned error exit status 7
                Errors were encountered while processing:
                 tiny-broken
                """);

        assertThat(words.packages()).containsExactly("tiny-broken");
        assertThat(words.text())
                .isEqualTo(
                        """
                cp: cannot stat '/nowhere'
                dpkg: error processing package tiny-broken (--configure):
                installed tiny-broken package post-installation script subprocess returned error exit status 7""");
    }

    @Test
    void parse_namesAPackageThatCouldNotBeUnpackedByItsNameNotByItsFile() {
        var words = DpkgWords.parse(
                """
                dpkg: error processing archive /.stencil-packages/b_1%3a2_all.deb (--unpack):
                 trying to overwrite '/usr/bin/a', which is also in package a 1
                Errors were encountered while processing:
                 /.stencil-packages/b_1%3a2_all.deb
                """);

        assertThat(words.packages()).containsExactly("b");
        assertThat(words.text()).contains("trying to overwrite '/usr/bin/a', which is also in package a 1");
    }

    @Test
    void parse_fallsBackToTheLastLinesWhenDpkgItselfSaidNothing() {
        var words = DpkgWords.parse("1\n2\n3\n4\n5\n6\n7\n");

        assertThat(words.packages()).isEmpty();
        assertThat(words.text()).isEqualTo("3\n4\n5\n6\n7");
    }

    @Test
    void aPathOfAnotherPackage_isToldApart() {
        DpkgWords words = DpkgWords.parse(
                """
                dpkg: error processing archive /.stencil-packages/b_all.deb (--unpack):
                 trying to overwrite '/usr/share/it's', which is also in package a:amd64 1.0
                Errors were encountered while processing:
                 /.stencil-packages/b_all.deb
                """);

        assertThat(words.pathConflict().orElseThrow())
                .hasMessageStartingWith("b and a both bring /usr/share/it's, and neither");
        assertThat(DpkgWords.parse("dpkg: error: no such thing").pathConflict()).isEmpty();
    }
}
