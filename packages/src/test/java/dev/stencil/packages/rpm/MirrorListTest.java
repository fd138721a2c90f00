package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Lists of mirrors as anybody may serve them. */
class MirrorListTest {
    @Test
    void parse_takesAddressesInTheirOrder_eachOnce() {
        assertThat(parse("# repo = os\n\n http://a.example/9/os/ \nhttps://b.example/os\nhttp://a.example/9/os\n"))
                .containsExactly("http://a.example/9/os", "https://b.example/os");
    }

    @Test
    void parse_readsMetalinks() {
        assertThat(parse("<?xml version=\"1.0\"?>\n<metalink><files><file name=\"repomd.xml\"><resources>"
                        + "<url protocol=\"https\" preference=\"100\">https://a.example/os/repodata/repomd.xml</url>"
                        + "<url protocol=\"rsync\">rsync://b.example/os/repodata/repomd.xml</url>"
                        + "</resources></file></files></metalink>"))
                .containsExactly("https://a.example/os");
    }

    @Test
    void parse_passesOverWhatIsNoAddress_andDirectoriesOfThisHost() {
        assertThat(parse("<html>Log in</html>\nfile:///etc\nftp://a.example/os\nhttp://\nhttp:///x\n../os\n\u0000\n"))
                .isEmpty();
        assertThat(MirrorList.parse("file:///srv/os\n".getBytes(StandardCharsets.UTF_8), "file:///srv/list"))
                .containsExactly("file:///srv/os");
    }

    @Test
    void parse_takesNoMoreThanAreOfUse() {
        var text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append("http://m").append(i).append(".example/os\n");
        }
        assertThat(parse(text.toString())).hasSize(64);
    }

    @Property(tries = 200)
    void parse_neverFails(@ForAll byte[] list) {
        assertThat(MirrorList.parse(list, "http://lists.example/"))
                .allMatch(address -> address.matches("https?://[^\\s]+") && !address.endsWith("/"));
    }

    private static List<String> parse(String text) {
        return MirrorList.parse(text.getBytes(StandardCharsets.UTF_8), "http://lists.example/");
    }
}
