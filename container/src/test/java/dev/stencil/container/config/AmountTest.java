package dev.stencil.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.container.config.Amount.Unit;
import dev.stencil.host.StencilException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "PAGES,65536,65536:65536",
        "PAGES,256M,65536:65536",
        "PAGES,0:256M,0:65536",
        "PAGES,10p,10:10",
        "BYTES_AS_PAGES,1G,262144:262144",
        "BYTES_AS_PAGES,1048576,256:256",
        "BYTES_AS_PAGES,1.5g,393216:393216",
        "KIB,10485760,10485760:10485760",
        "KIB,2G:2.2G,2097152:2306867",
        "BYTES,14372700:14790164,14372700:14790164",
        "ITEMS,100:unlimited,100:9223372036854775807",
        "PAGES,99999999999999999999999,9223372036854775807:9223372036854775807",
    })
    void isReadInTheUnitOfItsKey(Unit unit, String text, String stored) {
        assertThat(Amount.parse("KEY", text, unit).text()).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "ITEMS,10M",
        "PAGES,''",
        "PAGES,-1",
        "PAGES,1:2:3",
        "PAGES,M",
        "PAGES,1.2.3",
        "PAGES,1e9",
        "BYTES,12X",
        "KIB,.",
        "KIB,:5"
    })
    void otherTextsAreRefusedNamingTheKey(Unit unit, String text) {
        assertThatThrownBy(() -> Amount.parse("--numproc", text, unit))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("--numproc");
    }

    @Property
    void neverFailsOtherThanWithAMessage(@ForAll String text, @ForAll Unit unit) {
        try {
            Amount amount = Amount.parse("KEY", text, unit);
            assertThat(amount.barrier()).isNotNegative();
        } catch (StencilException refused) {
            assertThat(refused).hasMessageContaining("KEY");
        }
    }

    @Test
    void whatIsStoredIsReadBackTheSame() {
        Amount amount = Amount.parse("KEY", "5:unlimited", Unit.PAGES);

        assertThat(Amount.parse("KEY", amount.text(), Unit.PAGES)).isEqualTo(amount);
    }
}
