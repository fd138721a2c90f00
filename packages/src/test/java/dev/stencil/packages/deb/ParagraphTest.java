package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void parseAll_keepsContinuationLinesAndOrder() {
        var all = Paragraph.parseAll("Package: a\nDescription: short\n long\n .\n end\n\n\nPackage: b\n");

        assertThat(all).hasSize(2);
        assertThat(all.getFirst().get("description")).contains("short\n long\n .\n end");
        assertThat(all.getFirst().text()).isEqualTo("Package: a\nDescription: short\n long\n .\n end\n");
        assertThat(all.getLast().require("Package")).isEqualTo("b");
    }

    @Test
    void parseAll_refusesWhatIsNoField() {
        assertThatThrownBy(() -> Paragraph.parseAll("Package: a\nnonsense\n")).hasMessageContaining("nonsense");
        assertThatThrownBy(() -> Paragraph.parseAll(" first\n")).hasMessageContaining("continuation");
        assertThatThrownBy(() -> Paragraph.parseAll("A: 1\na: 2\n")).hasMessageContaining("twice");
    }

    @Test
    void require_namesTheMissingField() {
        assertThatThrownBy(() -> Paragraph.parseAll("Package: a\n").getFirst().require("Version"))
                .hasMessageContaining("Version");
    }

    @Property
    void parseAll_ofAnythingEndsOrThrowsItsOwnException(@ForAll String text) {
        try {
            Paragraph.parseAll(text);
        } catch (IllegalArgumentException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    @Test
    void dependencies_areNamesByClause() {
        assertThat(Dependencies.parse("a (>= 1) | b:any, c [amd64] <!nocheck>,\n d")
                        .clauses())
                .containsExactly(java.util.List.of("a", "b"), java.util.List.of("c"), java.util.List.of("d"));
        assertThat(Dependencies.parse(" , ").clauses()).isEmpty();
    }
}
