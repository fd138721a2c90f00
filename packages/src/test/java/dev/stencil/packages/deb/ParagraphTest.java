package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
    void parseAll_readsWhatItWroteTheSame_orSaysWhatIsWrong(@ForAll List<@From("lines") String> lines) {
        String text = String.join("\n", lines);
        try {
            List<Paragraph> read = Paragraph.parseAll(text);

            String written = read.stream().map(Paragraph::text).collect(Collectors.joining("\n"));
            assertThat(Paragraph.parseAll(written))
                    .extracting(Paragraph::text)
                    .isEqualTo(read.stream().map(Paragraph::text).toList());
            assertThat(read.stream().flatMap(one -> one.text().lines()))
                    .isEqualTo(text.lines().filter(line -> !line.isBlank()).toList());
        } catch (IllegalArgumentException refused) {
            assertThat(refused)
                    .message()
                    .containsAnyOf("a continuation line before", "not a field: ", " is there twice");
        }
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of("A: 1", "a: 2", "B:", "C: x", "D: y", " more", "\tmore", " .", "", "nonsense", ": none");
    }

    @Property
    void parseAll_ofAnything_endsInItsOwnException(@ForAll String text) {
        try {
            assertThat(Paragraph.parseAll(text))
                    .allSatisfy(one -> assertThat(one.text()).contains(":"));
        } catch (IllegalArgumentException refused) {
            assertThat(refused)
                    .message()
                    .containsAnyOf("a continuation line before", "not a field: ", " is there twice");
        }
    }

    @Test
    void dependencies_areNamesByClause() {
        assertThat(Dependencies.parse("a (>= 1) | b:any, c [amd64] <!nocheck>,\n d")
                        .clauses())
                .containsExactly(List.of("a", "b"), List.of("c"), List.of("d"));
        assertThat(Dependencies.parse(" , ").clauses()).isEmpty();
    }
}
