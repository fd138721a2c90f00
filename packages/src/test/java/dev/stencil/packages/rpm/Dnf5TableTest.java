package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Dnf5TableTest {
    private static final String CANONICAL =
            """
            version = "1.0"
            [packages]
            "bash.x86_64" = {reason = "User"}
            "glibc.x86_64" = {reason = "Dependency"}
            """;

    @Test
    void text_isWhatWasRead_inOrder() {
        assertThat(Dnf5Table.parse("packages", CANONICAL).text()).isEqualTo(CANONICAL);
    }

    /** With and without blanks, with headings, on one line: libdnf5 has been built with two releases of its TOML library. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                version = "1.0"

                [packages]
                "glibc.x86_64" = {reason="Dependency"}
                "bash.x86_64" = {reason="User"}

                """,
                """
                version = "1.0"
                [packages]
                [packages."bash.x86_64"]
                reason = "User"
                [packages."glibc.x86_64"] # it is needed
                reason = 'Dependency'
                """,
                """
                packages = {"bash.x86_64"={reason="User"},"glibc.x86_64"={reason="Dependency"}}
                version = "1.0"
                """,
                """
                version = "1.\\u0030"
                [packages]\r
                "bash.x86_64".reason = "User"\r
                'glibc.x86_64' . reason = "Dependency"
                """,
            })
    void otherForms_meanTheSame(String text) {
        assertThat(Dnf5Table.parse("packages", text).text()).isEqualTo(CANONICAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "version = \"1.1\"\n[packages]\n",
                "version = \"4.0\"\n[packages]\n",
                "version = 1.0\n[packages]\n",
                "version = \"1.0\"\n",
                "version = \"1.0\"\n[nevras]\n",
                "version = \"1.0\"\n[packages]\n[others]\n",
                "version = \"1.0\"\nversion = \"1.0\"\n[packages]\n",
                "version = \"1.0\"\n[packages]\n[packages]\n",
                "version = \"1.0\"\n[packages]\n\"a\" = {reason = \"User\", reason = \"User\"}\n",
                "version = \"1.0\"\n[packages]\n\"a\" = {reason = 5}\n",
                "version = \"1.0\"\n[packages]\n\"a\" = {reason = [\"User\"]}\n",
                "version = \"1.0\"\n[packages]\n\"a\" = {reason = \"User\"} more\n",
                "version = \"1.0\"\n[packages]\n\"a\" = {reason = {deep = {deeper = {}}}}\n",
                "version = \"1.0\"\n[packages]\n\"a\" = \"User\"\n",
                "version = \"1.0\"\n[packages]\n\"a\" = {reason = \"\"\"User\"\"\"}\n",
                "version = \"1.0\"\n[packages]\n\"a\" = {reason = \"\\x\"}\n",
                "version = \"1.0\"\n[packages]\n\"a\" = {reason = \"\\uD800\"}\n",
                "version = \"1.0\"\n[packages]\n\"a\" = {reason = \"\uFFFD\"}\n",
                "version = \"1.0\"\n[packages]\n\"a\u0000\" = {reason = \"User\"}\n",
                "version = \"1.0\"\n[[packages]]\n",
            })
    void whatRewritingWouldLose_isRefused(String text) {
        assertThatThrownBy(() -> Dnf5Table.parse("packages", text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Cut off within a row, at every character. */
    @Test
    void aTornFile_isRefused() {
        int rows = CANONICAL.indexOf("\"bash");
        for (int end = rows + 1; end < CANONICAL.length(); end++) {
            String torn = CANONICAL.substring(0, end);
            if (!torn.endsWith("}") && !torn.endsWith("}\n")) {
                assertThatThrownBy(() -> Dnf5Table.parse("packages", torn))
                        .as(torn)
                        .hasMessageContaining("packages.toml");
            }
        }
    }
}
