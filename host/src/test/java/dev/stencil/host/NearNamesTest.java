package dev.stencil.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {
    private static final List<String> NAMES =
            List.of("apache", "apache-ssl", "mariadb", "mysql", "nginx", "php", "redis");

    @Test
    void fewWrongLettersAreForgiven() {
        assertThat(NearNames.of("mysq", NAMES)).containsExactly("mysql");
        assertThat(NearNames.of("ngixn", NAMES)).containsExactly("nginx");
        assertThat(NearNames.of("nxnig", NAMES)).isEmpty();
        assertThat(NearNames.of("ngin", NAMES)).containsExactly("nginx");
    }

    @Test
    void aBeginningIsEnough() {
        assertThat(NearNames.of("apa", NAMES)).containsExactly("apache", "apache-ssl");
        assertThat(NearNames.of("apache-ssl-extra", NAMES)).contains("apache", "apache-ssl");
    }

    @Test
    void nothingNearMeansOnlyTheListing() {
        assertThat(NearNames.suggestion("oracle", NAMES, "vzpkg list")).isEqualTo(" See 'vzpkg list'.");
        assertThat(NearNames.of("", NAMES)).isEmpty();
    }

    @Test
    void distanceCountsSingleLetters() {
        assertThat(NearNames.distance("", "abc")).isEqualTo(3);
        assertThat(NearNames.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearNames.distance("same", "same")).isZero();
        assertThat(NearNames.distance("saem", "same")).as("neighbours swapped").isEqualTo(1);
    }
}
