package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our order of versions against that of the real rpm. */
class RpmVersionIT {
    private static final String ALPHABET = "0019aAbz.~^_+";

    @Test
    void compareSegments_agreesWithRpm_onRandomVersions() throws IOException {
        Random random = new Random(42);
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            pairs.add(version(random) + " " + version(random));
        }

        List<String> theirs = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 500) {
            theirs.addAll(oracle(pairs.subList(i, i + 500)));
        }

        for (int i = 0; i < pairs.size(); i++) {
            String[] pair = pairs.get(i).split(" ");
            assertThat(RpmVersion.compareSegments(pair[0], pair[1]))
                    .as(pairs.get(i))
                    .isEqualTo(Integer.parseInt(theirs.get(i)));
        }
    }

    private static String version(Random random) {
        var text = new StringBuilder();
        for (int length = 1 + random.nextInt(6); length > 0; length--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static List<String> oracle(List<String> pairs) throws IOException {
        var macro = new StringBuilder("%{lua:");
        for (String pair : pairs) {
            String[] words = pair.split(" ");
            macro.append("print(rpm.vercmp(\"" + words[0] + "\",\"" + words[1] + "\")..\"\\n\") ");
        }
        macro.append("}");
        return new HostPrograms()
                .run(Program.of("rpm", "--eval", macro.toString()).input(new Program.Input.Bytes(new byte[0])))
                .orThrow()
                .text()
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
