package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AptIndexTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Date: Sat, 11 Jul 2026 10:16:37 UTC",
                "Date:  Sat, 11 Jul 2026  10:16:37 GMT",
                "Suite: x\nDate: Sat, 11 Jul 2026 12:16:37 +0200\nValid-Until: never"
            })
    void date_isThatOfTheIndex(String text) {
        assertThat(AptIndex.date(text)).contains(Instant.parse("2026-07-11T10:16:37Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Date:", "Date: tomorrow", "Dated: Sat, 11 Jul 2026 10:16:37 UTC"})
    void date_isUnknown_whenTheIndexDoesNotSay(String text) {
        assertThat(AptIndex.date(text)).isEmpty();
    }

    @Test
    void goodSigners_areThoseWhoseSignaturesAndKeysAreGood() {
        String status =
                """
                [GNUPG:] NEWSIG
                [GNUPG:] GOODSIG 0E98404D386FA1D9 A
                [GNUPG:] VALIDSIG BBBB 2026-07-11 1783765031 0 4 0 1 8 01 B8
                [GNUPG:] NEWSIG
                [GNUPG:] ERRSIG 6ED0E7B82643E131 1 8 01 1783764999 9 -
                [GNUPG:] NEWSIG
                [GNUPG:] EXPKEYSIG F8D2585B8783D481 B
                [GNUPG:] VALIDSIG CCCC 2026-07-11 1783765141 0 4 0 22 8 01 4D
                [GNUPG:] NEWSIG
                [GNUPG:] GOODSIG 4DFAB270CAA96DFA C
                [GNUPG:] VALIDSIG AAAA 2026-07-11 1783765141 0 4 0 22 8 01 4D
                """;

        assertThat(AptIndex.goodSigners(status)).containsExactly("AAAA", "BBBB");
        assertThat(AptIndex.goodSigners("")).isEmpty();
    }

    @Test
    void beside_isTheIndexOfTheSameRepository() {
        var target = new AptIndex.Target(
                "http://h/debian",
                "bookworm",
                "main/binary-amd64/Packages",
                "/l/h_debian_dists_bookworm_main_binary-amd64_Packages");

        assertThat(target.beside("InRelease")).isEqualTo(Path.of("/l/h_debian_dists_bookworm_InRelease"));
    }
}
