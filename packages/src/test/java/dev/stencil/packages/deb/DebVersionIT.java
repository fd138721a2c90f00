package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order of versions against dpkg's own. */
class DebVersionIT {
    private static final String ALPHABET = "0123ab.+~-Z";

    @Test
    void compare_agreesWithDpkg() throws IOException {
        var random = new Random(12);
        var runner = new HostPrograms();
        for (int i = 0; i < 300; i++) {
            String a = version(random);
            String b = random.nextInt(3) == 0 ? a + "~" : version(random);
            boolean older = runner.run(Program.of("dpkg", "--compare-versions", a, "lt", b))
                    .isSuccess();
            boolean same = runner.run(Program.of("dpkg", "--compare-versions", a, "eq", b))
                    .isSuccess();

            assertThat(Integer.signum(DebVersion.compare(a, b)))
                    .as(a + " and " + b)
                    .isEqualTo(same ? 0 : older ? -1 : 1);
        }
    }

    private static String version(Random random) {
        var text = new StringBuilder(random.nextInt(4) == 0 ? random.nextInt(3) + ":" : "");
        text.append(random.nextInt(4));
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        // A revision may not be empty.
        return text.append(random.nextInt(10)).toString();
    }
}
