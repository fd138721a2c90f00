package dev.stencil.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.Kills;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyMirror.Fault;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JDK is fetched where neither the host nor its distribution has one, as a whole or not at all. */
class JdkFetchIT {
    private static final String ARCHIVE = "/jdk.tar.gz";
    private static final int JDK_BYTES = 2 << 20;
    /** Takes long enough that kills meet all that is done. */
    private static final int BIG_JDK_BYTES = 32 << 20;

    /** Writes the archive $1 with the made-up JDK $2 and a member that leads to $3, outside, in the way $4. */
    private static final String HOSTILE =
            """
            import io, os, sys, tarfile
            archive, jdk, outside, way = sys.argv[1:]
            top = os.path.basename(jdk)
            with tarfile.open(archive, "w:gz") as tar:
                tar.add(jdk, top)
                def member(name, kind=tarfile.REGTYPE, link=""):
                    info = tarfile.TarInfo(name)
                    info.type, info.linkname, info.size = kind, link, 4 if kind == tarfile.REGTYPE else 0
                    tar.addfile(info, io.BytesIO(b"bad\\n"))
                if way == "dots":
                    member(f"{top}/../../../../outside")
                elif way == "absolute":
                    member(outside)
                else:
                    member(f"{top}/link", tarfile.SYMTYPE, os.path.dirname(outside))
                    member(f"{top}/link/outside")
            """;

    private BareCheckout checkout;
    private TinyMirror mirror;

    @BeforeEach
    void serve() throws IOException {
        checkout = BareCheckout.make(JDK_BYTES);
        mirror = TinyMirror.serving(checkout.archive().getParent());
    }

    @AfterEach
    void cleanUp() throws IOException {
        mirror.close();
        checkout.close();
    }

    @Test
    void jdkIsFetchedOnceAndFound() throws IOException {
        Finished first = checkout.setUp(mirror.url() + ARCHIVE);
        Finished second = checkout.setUp(mirror.url() + ARCHIVE);

        assertThat(first.status()).as(first.stderrEnd()).isZero();
        assertThat(first.stderrEnd())
                .isEqualTo("Fetching Eclipse Temurin %s from %s …\n"
                        .formatted(BareCheckout.VERSION, mirror.url() + ARCHIVE));
        assertThat(checkout.foundJdk()).isEqualTo(checkout.jdk().toString());
        assertThat(checkout.damage()).isEmpty();
        assertThat(checkout.kept()).containsExactly(checkout.jdk().getFileName().toString());
        assertThat(second.status()).as(second.stderrEnd()).isZero();
        assertThat(second.stderrEnd()).isEmpty();
        assertThat(mirror.requests()).containsExactly(ARCHIVE);
    }

    @Test
    void jdkOfTheHostGoesFirst() throws IOException {
        checkout.setUp(mirror.url() + ARCHIVE);
        Path other = checkout.beside("other");
        new HostPrograms()
                .run(Program.of("cp", "-a", checkout.packed().toString(), other.toString()))
                .orThrow();

        Program find = checkout.program("sh", "-c", ". tools/find-jdk.sh; find_jdk");

        assertThat(checkout.run(find.env("JAVA_HOME", other.toString())).text()).isEqualTo(other + "\n");
    }

    @Test
    void ordinaryUserCanFetch() throws IOException {
        new HostPrograms()
                .run(Program.of("chown", "-R", "nobody:nogroup", checkout.root().toString()))
                .orThrow();

        Finished done = checkout.run(checkout.program("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
                .args("tools/setup", "build")
                .env("STENCIL_JDK_URL", mirror.url() + ARCHIVE));

        assertThat(done.status()).as(done.stderrEnd()).isZero();
        assertThat(checkout.foundJdk()).isEqualTo(checkout.jdk().toString());
        assertThat(Files.getOwner(checkout.jdk()).getName()).isEqualTo("nobody");
    }

    @ParameterizedTest
    @EnumSource
    void brokenMirrorLeavesNothingAndAMendedOneServes(Fault fault) throws IOException {
        mirror.breaks(ARCHIVE, fault);
        Program setUp = checkout.program("tools/setup", "build")
                .env("STENCIL_JDK_URL", mirror.url() + ARCHIVE)
                .env("STENCIL_JDK_STALL", "1");

        Finished broken = checkout.run(setUp);

        assertThat(broken.status()).isEqualTo(2);
        assertThat(broken.stderrEnd().lines()).hasSize(2).last().asString().startsWith("Error: ");
        assertThat(checkout.kept()).isEmpty();
        assertThat(checkout.foundJdk()).isEmpty();
        mirror.mend();
        assertThat(checkout.run(setUp).status()).isZero();
        assertThat(checkout.damage()).isEmpty();
    }

    @Test
    void mirrorThatIsBusyIsAskedAgain() throws IOException {
        mirror.breaks(ARCHIVE, Fault.UNAVAILABLE, 1);

        Finished done = checkout.setUp(mirror.url() + ARCHIVE);

        assertThat(done.status()).as(done.stderrEnd()).isZero();
        assertThat(mirror.requests()).hasSize(2);
    }

    @Test
    void wrongDigestIsToldWithBoth() throws IOException {
        String right = checkout.digest();
        mirror.breaks(ARCHIVE, Fault.ALTER);

        Finished done = checkout.setUp(mirror.url() + ARCHIVE);

        assertThat(done.stderrEnd())
                .contains(mirror.url() + ARCHIVE + " is not the archive of Eclipse Temurin " + BareCheckout.VERSION)
                .contains("tools/jdk.pin says " + right)
                .containsPattern("its SHA-256 is (?!" + right + ")[0-9a-f]{64},")
                .contains("Nothing of it was kept");
    }

    @Test
    void addressThatCannotBeReachedIsToldWithWhatToDo() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        Finished done = checkout.setUp("http://somebody:secret@127.0.0.1:" + closed + ARCHIVE);

        assertThat(done.status()).isEqualTo(2);
        assertThat(done.stderrEnd().lines())
                .last()
                .asString()
                .startsWith("Error: Eclipse Temurin " + BareCheckout.VERSION
                        + " could not be fetched from http://127.0.0.1:" + closed + ARCHIVE + ": Failed to connect")
                .contains("install a JDK 25 below /usr/lib/jvm or /opt")
                .contains("STENCIL_JAVA_HOME")
                .contains("STENCIL_JDK_URL");
        assertThat(done.stderrEnd()).doesNotContain("secret");
    }

    /** A file with an end that is too long, and an answer without an end. */
    @ParameterizedTest
    @ValueSource(strings = {"mirror/jdk.tar.gz", "/dev/zero"})
    void moreThanTheLimitIsNotWritten(String source) throws IOException {
        checkout.rewritePin("(?m)^limit .*", "limit 1048576");
        Path file = checkout.beside(source);

        Finished done = checkout.setUp("file://" + file);

        assertThat(done.status()).isEqualTo(2);
        assertThat(done.stderrEnd()).contains("could not be fetched from file://" + file);
        assertThat(checkout.kept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dots", "absolute", "link"})
    void archiveCannotWriteOutside(String way) throws IOException {
        Path outside = checkout.beside("outside");
        String archive = checkout.archive().toString();
        new HostPrograms()
                .run(Program.of("python3", "-c", HOSTILE, archive)
                        .args(checkout.packed().toString(), outside.toString(), way))
                .orThrow();
        checkout.pin();

        Finished done = checkout.setUp(mirror.url() + ARCHIVE);

        assertThat(mirror.requests()).hasSize(1);
        assertThat(outside).doesNotExist();
        assertThat(checkout.root().resolve("outside")).doesNotExist();
        if (!way.equals("absolute")) { // which tar unpacks below, as if it were not
            assertThat(done.stderrEnd()).contains("could not be unpacked: ");
            assertThat(checkout.kept()).isEmpty();
        }
    }

    @Test
    void archiveOfSomethingElseIsRefused() throws IOException {
        Files.writeString(checkout.packed().resolve("release"), "JAVA_VERSION=\"24.0.1\"\n");
        new HostPrograms()
                .run(Program.of("tar", "-czf", checkout.archive().toString(), "-C")
                        .args(checkout.packed().getParent().toString(), "."))
                .orThrow();
        checkout.pin();

        Finished done = checkout.setUp(mirror.url() + ARCHIVE);

        assertThat(done.status()).isEqualTo(2);
        assertThat(done.stderrEnd()).contains("holds no JDK 25");
        assertThat(checkout.kept()).isEmpty();
    }

    @Test
    void callsAtTheSameTimeWaitForOneThatFetches() throws Exception {
        Program setUp = checkout.program("tools/setup", "build")
                .env("STENCIL_JDK_URL", mirror.url() + ARCHIVE)
                .errors(new Program.Output.Inherited());
        var programs = new HostPrograms();

        List<Process> running = List.of(programs.start(setUp), programs.start(setUp), programs.start(setUp));

        for (Process process : running) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(checkout.damage()).isEmpty();
        assertThat(mirror.requests()).containsExactly(ARCHIVE);
    }

    @Test
    void killLeavesNothingOrAllOfIt() throws IOException {
        try (var big = BareCheckout.make(BIG_JDK_BYTES)) {
            Program fetch = big.program("tools/fetch-jdk").env("STENCIL_JDK_URL", "file://" + big.archive());
            long whole = big.run(fetch).elapsed().toMillis();
            int killed = 0;

            for (int round = 0; round < Kills.rounds(); round++) {
                removeJdk(big);
                String moment = String.valueOf(Kills.moment(round, Kills.rounds(), whole) / 1000.0);
                Program cutOff = big.program("timeout", "--signal=KILL", moment, "tools/fetch-jdk");
                killed += big.run(cutOff.env(fetch.environment())).isSuccess() ? 0 : 1;

                if (!big.foundJdk().isEmpty()) {
                    assertThat(big.damage()).as("after " + moment + " s").isEmpty();
                }
                assertThat(big.run(fetch).status()).isZero();
                assertThat(big.damage())
                        .as("fetched again after " + moment + " s")
                        .isEmpty();
                assertThat(big.kept()).hasSize(1);
            }

            assertThat(killed).isPositive();
        }
    }

    private static void removeJdk(BareCheckout checkout) throws IOException {
        new HostPrograms()
                .run(Program.of("rm", "-rf", checkout.jdk().toString()))
                .orThrow();
    }
}
