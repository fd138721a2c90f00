package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatagramSocketTest {
    @TempDir
    Path directory;

    @Test
    void receivesWhatIsSent_inAFolderTooDeepForAnAddress() throws IOException {
        Path deep = Files.createDirectories(directory.resolve("a".repeat(100)).resolve("b".repeat(100)));
        try (var socket = DatagramSocket.bind(deep, "notify")) {
            new HostPrograms()
                    .run(Program.of(
                                    "perl",
                                    "-MIO::Socket::UNIX",
                                    "-e",
                                    "chdir $ARGV[0]; my $s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Peer => 'notify');"
                                            + " $s->send('READY=1')")
                            .args(deep.toString()))
                    .orThrow();

            assertThat(socket.receive(2000))
                    .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("READY=1"));
        }
    }

    @Test
    void givesUpWaiting() throws IOException {
        try (var socket = DatagramSocket.bind(directory, "silent")) {
            assertThat(socket.receive(1)).isEmpty();
        }
    }

    @Test
    void aNameThatIsTakenIsRefused() throws IOException {
        Files.createFile(directory.resolve("taken"));

        assertThatThrownBy(() -> DatagramSocket.bind(directory, "taken"))
                .isInstanceOfSatisfying(Errno.class, e -> assertThat(e.number()).isEqualTo(98));
    }
}
