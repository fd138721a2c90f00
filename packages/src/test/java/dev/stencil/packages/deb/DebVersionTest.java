package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0, 0",
        "1.0, 1.0-0, 0",
        "0:1.0, 1.0, 0",
        "1.0~rc1, 1.0, -1",
        "1.0~~, 1.0~, -1",
        "1.0~~a, 1.0~, -1",
        "1.0, 1.0a, -1",
        "1.0a, 1.0+, -1",
        "1.9, 1.10, -1",
        "1.09, 1.9, 0",
        "1:0.1, 2.0, 1",
        "1.0-1, 1.0-1+b1, -1",
        "1.0-1~deb12u1, 1.0-1, -1",
        "1.0-a-2, 1.0-a-10, -1",
        "2:1-1, 2:1-1, 0",
        "99999999999999999999, 100000000000000000000, -1",
        "1.2.3, 1.2, 1",
        "a, b, -1",
        "1..2, 1.2, 1"
    })
    void compare_followsPolicy(String a, String b, int expected) {
        assertThat(Integer.signum(DebVersion.compare(a, b))).isEqualTo(expected);
        assertThat(Integer.signum(DebVersion.compare(b, a))).isEqualTo(-expected);
    }

    @Property(tries = 500)
    void compare_isAntisymmetric(@ForAll @Version String a, @ForAll @Version String b) {
        assertThat(Integer.signum(DebVersion.compare(a, b))).isEqualTo(-Integer.signum(DebVersion.compare(b, a)));
    }

    @Property(tries = 500)
    void compare_isTransitive(@ForAll @Version String a, @ForAll @Version String b, @ForAll @Version String c) {
        if (DebVersion.compare(a, b) <= 0 && DebVersion.compare(b, c) <= 0) {
            assertThat(DebVersion.compare(a, c)).isLessThanOrEqualTo(0);
        }
    }

    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @StringLength(min = 1, max = 8)
    @CharRange(from = '0', to = '3')
    @Chars({'a', 'b', 'Z', '.', '+', '~', '-'})
    @interface Version {}
}
