package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.packages.PackageName;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class ZypperPlanTest {
    @Test
    void parse_tellsWhatComesGoesAndGivesWay() throws XMLStreamException {
        ZypperPlan plan = ZypperPlan.parse(
                """
                <?xml version='1.0'?><stream><message type="info">Reading</message><install-summary>
                <to-install><solvable type="package" name="a" edition="2:1.0-1" arch="noarch" summary="x"/></to-install>
                <to-upgrade><solvable type="package" name="b" edition="2-1" edition-old="1-1" arch="x86_64"/></to-upgrade>
                <to-remove><solvable type="package" name="c" edition="3-1" arch="noarch"/></to-remove>
                <to-install><solvable type="patch" name="p" edition="1-1" arch="noarch"/></to-install>
                </install-summary></stream>
                """);

        assertThat(plan.coming())
                .containsExactly(new PackageName("a", "2:1.0-1", "noarch"), new PackageName("b", "2-1", "x86_64"));
        assertThat(plan.replaced()).containsExactly(new PackageName("b", "1-1", "x86_64"));
        assertThat(plan.leaving()).containsExactly(new PackageName("c", "3-1", "noarch"));
    }

    @Test
    void parse_keepsTheProblem() throws XMLStreamException {
        ZypperPlan plan = ZypperPlan.parse(
                "<stream><message type=\"error\">No provider of 'x' found.</message><prompt><description>Problem: y"
                        + "</description></prompt></stream>");

        assertThat(plan.words()).isEqualTo("No provider of 'x' found.\nProblem: y");
    }

    @Test
    void parse_refusesWhatIsCutOff() {
        assertThatThrownBy(() -> ZypperPlan.parse("<stream><to-install>")).isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(() -> ZypperPlan.parse("")).isInstanceOf(XMLStreamException.class);
    }
}
