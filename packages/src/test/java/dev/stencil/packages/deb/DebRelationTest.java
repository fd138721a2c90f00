package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebRelationTest {
    @org.junit.jupiter.api.Test
    void aField_isClausesOfAlternatives() {
        List<DebRelation.Clause> clauses =
                DebRelation.parseField("libc6 (>= 2.36), default-mta |\n mail-transport-agent, python3:any (<< 3.12),");

        assertThat(clauses).hasSize(3);
        assertThat(clauses.get(0).alternatives()).containsExactly(new DebRelation("libc6", "", ">=", "2.36"));
        assertThat(clauses.get(1).text()).isEqualTo("default-mta | mail-transport-agent");
        assertThat(clauses.get(1).alternatives())
                .extracting(DebRelation::name)
                .containsExactly("default-mta", "mail-transport-agent");
        assertThat(clauses.get(2).alternatives()).containsExactly(new DebRelation("python3", "any", "<<", "3.12"));
    }

    @ParameterizedTest
    @CsvSource({
        "p (<< 2), 1, true", "p (<< 2), 2, false", "p (<= 2), 2, true", "p (= 2), 2, true", "p (= 2), 2-1, false",
        "p (>= 2), 1:0, true", "p (>> 2), 2, false", "p (>> 2), 2+b1, true", "p (< 2), 2, true", "p (> 2), 2, true",
        "p, 0, true", "p (>= 2~), 2~rc1, true"
    })
    void versions_areComparedAsDpkgDoes(String relation, String version, boolean accepted) {
        assertThat(DebRelation.parse(relation).accepts(version)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-p", "p (2)", "p (>= )", "p (=> 2)", "p (>= 2", "p q", "p:", "p (>= 2) (<< 3)"})
    void whatIsNoRelation_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DebRelation.parse(text))
                .withMessageContaining(text);
    }

    @Property(tries = 2000)
    void anyText_isReadOrRefused(@ForAll String field) {
        try {
            DebRelation.parseField(field)
                    .forEach(clause -> assertThat(clause.alternatives()).isNotEmpty());
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("not a relation");
        }
    }
}
