package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Digest;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Repository;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class AptOriginsTest {
    private static final List<Repository> REPOSITORIES = List.of(
            new Repository("base0", "http://me:pw@deb.example/debian/ bookworm main contrib"),
            new Repository("base1", "http://me:pw@deb.example/debian bookworm-updates main"),
            new Repository("base2", "http://sec.example/debian-security buster/updates main"),
            new Repository("base3", "http://flat.example/it ./"));
    private static final AptOrigins ORIGINS = AptOrigins.parse(
            """
                 tzdata | 2026b-0+deb12u1 | http://deb.example/debian bookworm-updates/main amd64 Packages
                 tzdata | 2026a-0+deb12u1 | http://deb.example/debian bookworm/main amd64 Packages
             libfoo:i386 |  1:1.0 | http://sec.example/debian-security buster/updates/main i386 Packages
                 unrar |  6.2 | http://deb.example/debian bookworm/contrib amd64 Packages
                   odd |  1 | http://flat.example/it ./ Packages
            """,
            REPOSITORIES);

    @Test
    void of_tellsSuitesOfOneArchiveApart() {
        assertThat(origin("tzdata", "2026b-0+deb12u1", "amd64", "http://me:pw@deb.example/debian/pool/t/tz%2bb.deb"))
                .isEqualTo(new AptOrigins.Origin(1, "pool/t/tz+b.deb"));
        assertThat(origin("tzdata", "2026a-0+deb12u1", "amd64", "http://me:pw@deb.example/debian/pool/t/tz.deb"))
                .isEqualTo(new AptOrigins.Origin(0, "pool/t/tz.deb"));
        assertThat(origin("unrar", "6.2", "amd64", "http://me:pw@deb.example/debian/pool/u.deb")
                        .repository())
                .isZero();
    }

    @Test
    void of_knowsForeignArchitectures_suitesWithASlash_andRepositoriesWithoutSuites() {
        assertThat(origin("libfoo", "1:1.0", "i386", "http://sec.example/debian-security/pool/l%3a.deb"))
                .isEqualTo(new AptOrigins.Origin(2, "pool/l:.deb"));
        assertThat(origin("odd", "1", "all", "http://flat.example/it/./odd%2525.deb"))
                .isEqualTo(new AptOrigins.Origin(3, "./odd%25.deb"));
    }

    @Test
    void of_refusesWhatNobodyOffers_withoutTellingThePassword() {
        assertThatThrownBy(() -> origin("tzdata", "1", "all", "http://me:pw@deb.example/debian/x.deb"))
                .hasMessageContaining("tzdata=1")
                .hasMessageNotContaining("pw");
    }

    private static AptOrigins.Origin origin(String name, String version, String arch, String address) {
        return ORIGINS.of(
                new PackageFile(new PackageName(name, version, arch), URI.create(address), 1, Digest.of(new byte[0])));
    }
}
