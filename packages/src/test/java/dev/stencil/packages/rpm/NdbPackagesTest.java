package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Against a database that a real rpm 4.18 with the backend ndb has written: four packages, and a slot whose package is gone. */
class NdbPackagesTest {
    /** Of what that rpm's {@code rpmdb --exportdb} wrote. */
    private static final String EXPORTED = "5118810a084638cfd4026ec5166821ff6bf82c6d982d9e0433545dcb67fbfbab";

    static byte[] database() throws IOException {
        try (InputStream file = Objects.requireNonNull(NdbPackagesTest.class.getResourceAsStream("ndb/Packages.db"))) {
            return file.readAllBytes();
        }
    }

    @Test
    void headers_areWhatRpmItselfExports() throws IOException {
        assertThat(Digest.of(NdbPackages.headers(database())).hex()).isEqualTo(EXPORTED);
    }

    @Test
    void emptyDatabase_hasNoHeaders() throws IOException {
        byte[] page = Arrays.copyOf(database(), 4096);
        for (int at = 32; at < page.length; at += 16) {
            Arrays.fill(page, at + 4, at + 16, (byte) 0);
        }
        assertThat(NdbPackages.headers(page)).isEmpty();
    }

    @Test
    void anotherFormat_isNamed() {
        assertThatThrownBy(() -> NdbPackages.headers(new byte[8192]))
                .isInstanceOf(IOException.class)
                .hasMessage("Packages.db is not of the format ndb");
    }

    @Test
    void anotherVersion_isNamed() throws IOException {
        byte[] file = database();
        file[4] = 7;
        assertThatThrownBy(() -> NdbPackages.headers(file)).hasMessageContaining("version 7");
    }

    @Property(tries = 300)
    void fileThatIsCutOff_isRefused(@ForAll @IntRange(max = 14687) int length) throws IOException {
        byte[] file = Arrays.copyOf(database(), length);
        assertThatThrownBy(() -> NdbPackages.headers(file)).isInstanceOf(IOException.class);
    }

    /** Nothing in a blob and nothing in a used slot can change without being noticed; unused slots do not matter. */
    @Property(tries = 300)
    void changedOctetOfAPackage_isRefused(@ForAll @IntRange(min = 4096, max = 14687) int at) throws IOException {
        byte[] file = database();
        file[at] ^= 0x40;
        byte[] whole = NdbPackages.headers(database());
        try {
            assertThat(NdbPackages.headers(file)).isEqualTo(whole); // the space of the package that is gone
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("damaged");
        }
    }

    @Property(tries = 300)
    void anyOctets_neverFailOtherwise(@ForAll @Size(max = 9000) byte[] octets) throws IOException {
        byte[] file = database();
        System.arraycopy(octets, 0, file, 8, Math.min(octets.length, file.length - 8));
        try {
            assertThat(NdbPackages.headers(file)).isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("Packages.db is");
        }
    }
}
