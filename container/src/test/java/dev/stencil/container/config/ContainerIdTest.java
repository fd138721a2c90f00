package dev.stencil.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ContainerIdTest {
    private static final String DASHED = "6c5b6b0e-4a1f-4d0a-9d9a-0123456789ab";

    @Test
    void acceptsNumbersUpToTheLargestId() {
        assertThat(ContainerId.parse("101").text()).isEqualTo("101");
        assertThat(ContainerId.parse("0101").text()).isEqualTo("101");
        assertThat(ContainerId.parse("2147483644").internal()).isEqualTo(2147483644);
        assertThat(ContainerId.find("2147483645")).isEmpty();
        assertThat(ContainerId.find("99999999999999999999")).isEmpty();
        assertThat(ContainerId.find("0")).isEmpty();
    }

    @Test
    void normalisesTheThreeFormsOfUuid() {
        for (String form : List.of(DASHED, "{" + DASHED + "}", DASHED.replace("-", ""))) {
            assertThat(ContainerId.parse(form).text()).isEqualTo(DASHED);
        }
    }

    @Test
    void refusesOtherTextsWithTheCodeForBadValues() {
        for (String text : List.of("", "-1", "web", "../101", "101/..", "{}", DASHED + "0", "1e3", "１０１")) {
            assertThatThrownBy(() -> ContainerId.parse(text))
                    .isInstanceOfSatisfying(
                            StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_VALUE));
        }
    }

    @Test
    void ordersNumbersByValueBeforeUuids() {
        var ids = new java.util.ArrayList<>(List.of(
                ContainerId.parse(DASHED),
                ContainerId.parse("1000"),
                ContainerId.parse("101"),
                ContainerId.parse("9")));

        ids.sort(null);

        assertThat(ids).extracting(ContainerId::text).containsExactly("9", "101", "1000", DASHED);
    }

    @Test
    void internalNumberOfAUuidIsItsFirstDigitsWithoutTheSign() {
        assertThat(ContainerId.parse("ffffffff-4a1f-4d0a-9d9a-0123456789ab").internal())
                .isEqualTo(0x7fffffff);
    }

    @Property
    void whateverIsAcceptedIsASafeFileName(@ForAll @StringLength(max = 40) String text) {
        ContainerId.find(text).ifPresent(id -> assertThat(id.text()).matches("[0-9a-fA-F-]{1,36}"));
    }
}
