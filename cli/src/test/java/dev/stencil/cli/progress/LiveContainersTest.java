package dev.stencil.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person sees of {@link LiveContainers}: the lines that are on the screen, not the bytes that put them there. */
class LiveContainersTest {
    private static final int COLUMNS = 40;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LiveContainers shown =
            new LiveContainers(new PrintStream(bytes, false, StandardCharsets.UTF_8), COLUMNS);

    @Test
    void aLineForEachThatIsWorkedOn_andOneForTheCount() {
        Progress first = shown.begun("101");
        Progress second = shown.begun("102");
        first.stage("Updating packages");
        second.stage("Downloading packages");
        first.stage("Running the script post-update");

        assertThat(screen())
                .containsExactly(
                        "CT 101: Running the script post-update", "CT 102: Downloading packages", "0 containers done");
    }

    @Test
    void whatHasEnded_isCounted_andSaysNothingMore() {
        Progress first = shown.begun("101");
        shown.begun("102").stage("Updating packages");
        shown.ended("101", "done");
        first.stage("Too late");

        assertThat(screen()).containsExactly("CT 102: Updating packages", "1 container done");
    }

    @Test
    void notesStayAboveTheLines() {
        Progress first = shown.begun("101");
        first.stage("Updating packages");
        first.note("  nginx keeps its configuration  ");
        shown.begun("102");

        assertThat(screen())
                .containsExactly(
                        "CT 101: nginx keeps its configuration",
                        "CT 101: Updating packages",
                        "CT 102: ",
                        "0 containers done");
    }

    @Test
    void aLineNeverTakesTwoOfTheScreen() {
        Progress first = shown.begun("101");
        first.stage("A title\nof two lines that is much longer than the screen");
        first.stage("A title\nof two lines that is as much longer");

        assertThat(screen()).hasSize(2).allSatisfy(line -> assertThat(line).hasSizeLessThan(COLUMNS));
        assertThat(screen().getFirst()).startsWith("CT 101: A title of two").endsWith("…");
    }

    @Test
    void passwordsAreNotShown() {
        Progress first = shown.begun("101");
        first.stage("https://u:secret@host/ a");
        first.note("https://u:secret@host/ b");

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("@host/").doesNotContain("secret");
    }

    @Test
    void atTheEndOnlyNotesAreLeft() {
        Progress first = shown.begun("101");
        first.note("kept");
        shown.begun("102");
        shown.ended("101", "done");
        shown.close();

        assertThat(screen()).containsExactly("CT 101: kept");
    }

    /** As a terminal shows the bytes so far; it has to know all the sequences in them. */
    private List<String> screen() {
        List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
        int row = 0;
        String text = bytes.toString(StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\u001b[A", i)) {
                row--;
                i += 2;
            } else if (text.startsWith("\r\u001b[K", i)) {
                lines.get(row).setLength(0);
                i += 3;
            } else if (text.charAt(i) == '\n') {
                row++;
                if (row == lines.size()) {
                    lines.add(new StringBuilder());
                }
            } else {
                assertThat(text.charAt(i)).isGreaterThanOrEqualTo(' ');
                lines.get(row).append(text.charAt(i));
            }
        }
        return lines.subList(0, row).stream().map(StringBuilder::toString).toList();
    }
}
