package dev.stencil.packages.lock;

import dev.stencil.host.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;

/**
 * A file of the template that influences what is built.
 *
 * @param path below the set directory; files of an application are {@code app/<app>/<set>/<file>}
 */
public record LockedInput(String path, Digest sha256) {
    static final Comparator<LockedInput> ORDER = Comparator.comparing(LockedInput::path, LockRules.BY_CODE_POINT);

    public LockedInput {
        LockRules.requireText("path", path);
    }

    /** One digest for all: over {@code path NUL digest LF} of each, in order (spec conary 9.4, rule 1). */
    public static Digest digestOf(List<LockedInput> inputs) {
        MessageDigest digest = Digest.sha256();
        for (LockedInput input : inputs) {
            digest.update((input.path + "\0" + input.sha256.hex() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Digest.finish(digest);
    }
}
