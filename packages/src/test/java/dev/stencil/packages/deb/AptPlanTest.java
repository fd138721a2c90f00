package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.packages.PackageName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AptPlanTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @Test
    void files_haveExactNamesAndAddresses() {
        var files = AptPlan.files("'http://mirror.invalid/pool/bsd%2butils_1%3a2.3%2b4_amd64.deb' "
                + "bsdutils_1%3a2.38.1-5+deb12u3_amd64.deb 12 SHA256:" + DIGEST + "\n");

        assertThat(files).hasSize(1);
        assertThat(files.getFirst().name()).isEqualTo(new PackageName("bsdutils", "1:2.38.1-5+deb12u3", "amd64"));
        assertThat(files.getFirst().uri()).hasToString("http://mirror.invalid/pool/bsd%2butils_1%3a2.3%2b4_amd64.deb");
        assertThat(files.getFirst().sizeBytes()).isEqualTo(12);
    }

    @Test
    void files_withoutSha256AreRefused() {
        assertThatThrownBy(() -> AptPlan.files("'http://m.invalid/a.deb' a_1_all.deb 12 MD5Sum:00\n"))
                .hasMessageContaining("SHA-256");
    }

    @Test
    void actions_areReadInOrder() {
        var actions = AptPlan.actions(
                """
                Remv old [1.0-2] [dep:amd64 ]
                Inst libc6 [2.36-8] (2.36-9+deb12u14 Debian:12.15/oldstable, Debian-Security:12/oldstable [amd64]) []
                Inst libgcc-s1:i386 (12.2.0-14 Debian:12.15/oldstable [i386])
                Conf libc6 (2.36-9+deb12u14 Debian:12.15/oldstable [amd64])
                Some other line
                """);

        assertThat(actions)
                .containsExactly(
                        new AptPlan.Action("Remv", "old", "", Optional.of("1.0-2"), Optional.empty()),
                        new AptPlan.Action(
                                "Inst", "libc6", "amd64", Optional.of("2.36-8"), Optional.of("2.36-9+deb12u14")),
                        new AptPlan.Action("Inst", "libgcc-s1", "i386", Optional.empty(), Optional.of("12.2.0-14")),
                        new AptPlan.Action("Conf", "libc6", "amd64", Optional.empty(), Optional.of("2.36-9+deb12u14")));
    }
}
