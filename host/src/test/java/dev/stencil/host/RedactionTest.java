package dev.stencil.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cannot fetch http://user:pa55@deb.example:81/debian/x.deb: 401|Cannot fetch http://***@deb.example:81/debian/x.deb: 401",
                "E: 'https://tok@deb.example' (a) https://u:p@b/c|E: 'https://***@deb.example' (a) https://***@b/c",
                "https://a.example/repo?token=abc&x=1 and more|https://a.example/repo?*** and more",
                "https://a.example/0123456789abcdef0123/debian stable|https://a.example/***/debian stable",
                "http://u:p@ss/word@host/x|http://***@ss/word@host/x",
            })
    void of_hidesUsersParametersAndTokens(String text, String shown) {
        // A slash ends the part that a password can be in (RFC 3986, 3.2.1), as the last line shows.
        assertThat(Redaction.of(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no address here, me@example.org",
                "http://deb.example/debian/pool/main/p/postgresql-15/postgresql-15_15.8-0+deb12u1_amd64.deb",
                "http://deb.example/debian-security bookworm-security main",
                "http://snapshot.example/archive/debian/20260711T101637Z/",
                "see https://example.org/ and file:///srv/archive"
            })
    void of_leavesOtherTextAlone(String text) {
        assertThat(Redaction.of(text)).isEqualTo(text);
    }

    @Test
    void message_ofEveryFailure_isRedacted() {
        var failure = new StencilException(Fault.FETCH_FAILED, "no answer from http://u:secret@host/x");

        assertThat(failure).hasMessage("no answer from http://***@host/x");
    }

    @Test
    void withoutUser_isTheAddressOthersMaySee() {
        assertThat(Redaction.withoutUser("https://u:p@host:8080/debian")).isEqualTo("https://host:8080/debian");
        assertThat(Redaction.withoutUser("http://u:p@host suite a@b")).isEqualTo("http://host suite a@b");
        assertThat(Redaction.withoutUser("$DEB_SERVER/debian")).isEqualTo("$DEB_SERVER/debian");
        assertThat(Redaction.withoutUser("https://host/a@b")).isEqualTo("https://host/a@b");
    }
}
