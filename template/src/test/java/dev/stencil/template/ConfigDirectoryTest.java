package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text files are read by the rules of spec vzpkg 2.3. */
class ConfigDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void blanksAndColonsBeforeALineAndBlanksBehindItGo() {
        assertThat(lines(" \t:: : a b\t \r\nc\n")).containsExactly("a b", "c");
    }

    @Test
    void emptyLinesAndCommentsAreIgnored() {
        assertThat(lines("\n   \n# a\n  : # b\n:\nc # not a comment\n")).containsExactly("c # not a comment");
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertThat(lines("a\nb")).containsExactly("a", "b");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n")).isEmpty();
    }

    @Test
    void nothingIsQuotedContinuedOrExpanded() {
        assertThat(lines("\"a b\"\n$HOME\nc\\\nd\n")).containsExactly("\"a b\"", "$HOME", "c\\", "d");
    }

    @Test
    void aLineOf4096BytesIsReadAndOneMoreIsAnErrorNamingTheLine() {
        assertThat(lines("x".repeat(4096) + "\n")).hasSize(1);
        assertThatThrownBy(() -> lines("a\n" + "x".repeat(4097) + "\n"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_BROKEN))
                .hasMessageContaining("/t/file")
                .hasMessageContaining("line 2");
    }

    @Test
    void theLimitCountsBytesNotLetters() {
        assertThatThrownBy(() -> lines("ä".repeat(2049))).isInstanceOf(StencilException.class);
    }

    @Test
    void badUtf8IsReadSomehow() {
        assertThat(ConfigDirectory.parseLines(Path.of("/t/file"), new byte[] {'a', (byte) 0xff, '\n', 'b'}))
                .hasSize(2)
                .last()
                .isEqualTo("b");
    }

    @Test
    void aMissingFileEqualsAnEmptyOne() {
        var files = new ConfigDirectory(directory);

        assertThat(files.lines("none")).isEmpty();
        assertThat(files.words("none")).isEmpty();
        assertThat(files.firstLine("none")).isEmpty();
        assertThat(files.isOnUnlessSwitchedOff("none")).isTrue();
    }

    @Test
    void firstLineIsTheFirstThatCounts() throws IOException {
        Files.writeString(directory.resolve("f"), "# a\n\n  two words \nmore\n");

        assertThat(new ConfigDirectory(directory).firstLine("f")).contains("two words");
        assertThat(new ConfigDirectory(directory).words("f")).containsExactly("two", "words", "more");
    }

    @Test
    void aSwitchIsOffByNOrZero() throws IOException {
        for (String off : List.of("no", "No", "N", "0", " : never")) {
            Files.writeString(directory.resolve("f"), off + "\n");
            assertThat(new ConfigDirectory(directory).isOnUnlessSwitchedOff("f"))
                    .as(off)
                    .isFalse();
        }
        for (String on : List.of("yes", "1", "", "# no")) {
            Files.writeString(directory.resolve("f"), on + "\n");
            assertThat(new ConfigDirectory(directory).isOnUnlessSwitchedOff("f"))
                    .as(on)
                    .isTrue();
        }
    }

    @Test
    void aDirectoryInPlaceOfAFileIsBroken() throws IOException {
        Files.createDirectory(directory.resolve("f"));

        assertThatThrownBy(() -> new ConfigDirectory(directory).lines("f"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_BROKEN))
                .hasMessageContaining(directory.resolve("f").toString());
    }

    @Test
    void aHugeFileIsRefusedWithoutReadingIt() throws IOException {
        try (var file = new java.io.RandomAccessFile(directory.resolve("f").toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThatThrownBy(() -> new ConfigDirectory(directory).lines("f")).hasMessageContaining("larger than 4 MiB");
    }

    @Property(tries = 1000)
    void everyItemIsTrimmedNonEmptyAndNoComment(@ForAll byte[] content) {
        for (String line : ConfigDirectory.parseLines(Path.of("/t/file"), content)) {
            assertThat(line)
                    .isNotEmpty()
                    .doesNotContain("\n")
                    .doesNotStartWith("#")
                    .doesNotStartWith(":");
            assertThat(" \t\u000b\f\r\0")
                    .doesNotContain(line.substring(0, 1))
                    .doesNotContain(line.substring(line.length() - 1));
        }
    }

    @Property(tries = 500)
    void readingWhatWasReadChangesNothing(@ForAll String text) {
        List<String> once = lines(text);

        assertThat(lines(String.join("\n", once))).isEqualTo(once);
    }

    private static List<String> lines(String text) {
        return ConfigDirectory.parseLines(Path.of("/t/file"), text.getBytes(StandardCharsets.UTF_8));
    }
}
