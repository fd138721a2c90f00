package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that rpm and its files give us, and those we give rpm. */
class RpmWordsTest {
    private static final PackageName BASH = new PackageName("bash", "2:5.2-1.el9", "x86_64");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash",
                "bash.x86_64",
                "bash-5.2",
                "bash-5.2-1.el9",
                "bash-5.2-1.el9.x86_64",
                "2:bash-5.2-1.el9.x86_64",
                "0:bash-5.2-1.el9.x86_64"
            })
    void match_takesEachFormOfTheSpec(String word) {
        assertThat(RpmMatch.RULE.matches(word, BASH)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "bas", "bash.i686", "bash-5", "bash-5.2-1", "1:bash-5.2-1.el9.x86_64", "bash-doc", ":bash"})
    void match_refusesTheRest(String word) {
        assertThat(RpmMatch.RULE.matches(word, BASH)).isFalse();
    }

    @Test
    void exactly_hasNoEpoch_whichOldRpmsDoNotTake() {
        assertThat(RpmMatch.RULE.exactly("bash", BASH)).isEqualTo("bash-5.2-1.el9.x86_64");
    }

    @Test
    void macros_takeWhatADistributionMaySay_andRunNothing() {
        RpmMacros macros = RpmMacros.parse(
                """
                # comment
                %_dbpath\t\t/usr/lib/sysimage/rpm
                %_db_backend      ndb
                %_tmppath /elsewhere
                %_install_langs %(rm -rf /)
                %_dbpath
                garbage
                """);

        assertThat(macros.values()).isEqualTo(Map.of("_dbpath", "/usr/lib/sysimage/rpm", "_db_backend", "ndb"));
        assertThat(macros.with("_dbpath", "/x").options())
                .containsExactly("--define", "_db_backend ndb", "--define", "_dbpath /x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "warning: %post(a-1-1.noarch) scriptlet failed, exit status 4",
                "error: %preun(a-1-1.noarch) scriptlet failed, exit status 1",
                "warning: %transfiletriggerin(a-1-1.noarch) scriptlet failed, signal 9",
                "error: lua script failed: [string \"%post(a)\"]:1: boom"
            })
    void scriptletWords_hearFailures_withWhatWasSaidBefore(String line) {
        var words = new ScriptletWords();
        words.hear("Preparing packages...");
        words.hear("it broke");
        words.hear(line);
        words.hear("b-1-1.noarch");

        assertThat(words.hasFailure()).isTrue();
        assertThat(words.text()).isEqualTo("it broke\n" + line);
    }

    @Test
    void scriptletWords_areCalm_whenNothingFails() {
        var words = new ScriptletWords();
        words.hear("warning: /etc/a created as /etc/a.rpmnew");

        assertThat(words.hasFailure()).isFalse();
    }

    @Test
    void keys_areCutApart_whereEachBegins() throws IOException {
        byte[] two = {(byte) 0x98, 2, 1, 2, (byte) 0xb4, 1, 'u', (byte) 0xc6, 1, 9, (byte) 0xcd, 1, 'v'};

        List<byte[]> keys = OpenPgpKeys.split(two);

        assertThat(keys).hasSize(2);
        assertThat(keys.get(0)).hasSize(7);
        assertThat(keys.get(1)).hasSize(6);
        assertThat(OpenPgpKeys.split(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA==", "mA==", "mAU=", "mf//", "xv8=", "m///////"})
    void keys_thatAreCutOffOrNone_areRefused(String encoded) {
        byte[] packets = Base64.getDecoder().decode(encoded);

        assertThatThrownBy(() -> OpenPgpKeys.split(packets)).isInstanceOf(IOException.class);
    }

    @Test
    void answers_ofWhichAFieldIsMissing_areRefused() {
        List<Answer> answers = Answer.parseAll("chatter\n=\tinstall\ta\t1-1\n");

        assertThat(answers).hasSize(1);
        assertThatThrownBy(() -> answers.getFirst().packageName()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addresses_getTheirOddCharactersEscaped() {
        assertThat(DnfResolver.quoted("http://m/a^b~c+d {e}.rpm")).isEqualTo("http://m/a%5eb~c+d%20%7be%7d.rpm");
    }
}
