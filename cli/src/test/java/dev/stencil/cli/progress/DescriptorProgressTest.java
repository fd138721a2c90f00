package dev.stencil.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DescriptorProgressTest {
    @Test
    void eachStageSaysWhenItBeginsAndWhenItEnds() {
        var bytes = new ByteArrayOutputStream();
        try (var progress = new DescriptorProgress(bytes)) {
            progress.stage("Creating cache");
            progress.note("not part of the protocol");
            progress.stage("Packing cache");
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("percent=0 stage=Creating cache\npercent=100 stage=Creating cache\n"
                        + "percent=0 stage=Packing cache\npercent=100 stage=Packing cache\n");
    }

    @Test
    void stagesLieWithinOneThatWasBegun() {
        var bytes = new ByteArrayOutputStream();
        try (var progress = new DescriptorProgress(bytes)) {
            progress.begin("Getting custom packages");
            progress.stage("Processing metadata for debian-12-x86_64");
            progress.end("Getting custom packages");
            progress.stage("Packing cache");
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        percent=0 stage=Getting custom packages
                        percent=0 stage=Processing metadata for debian-12-x86_64
                        percent=100 stage=Processing metadata for debian-12-x86_64
                        percent=100 stage=Getting custom packages
                        percent=0 stage=Packing cache
                        percent=100 stage=Packing cache
                        """);
    }

    @Test
    void readerThatHungUpDoesNotStopTheWork() {
        OutputStream closedPipe = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThatCode(() -> {
                    try (var progress = new DescriptorProgress(closedPipe)) {
                        progress.stage("Creating cache");
                        progress.stage("Packing cache");
                    }
                })
                .doesNotThrowAnyException();
    }
}
