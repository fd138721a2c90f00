package dev.stencil.cli.vzpkg.cache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Syntax;
import dev.stencil.image.CacheKind;
import dev.stencil.image.CacheOptions;
import dev.stencil.image.lock.LockMode;
import dev.stencil.linux.FileLock;
import dev.stencil.packages.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

/** Options that the cache commands share (spec vzpkg 4.2 and 4.3). */
public final class CacheArguments {
    private CacheArguments() {}

    /** For the commands that build. */
    public static List<ArgSpec> building() {
        List<ArgSpec> specs = new ArrayList<>(List.of(
                Syntax.flag("-C --cache", "Use package lists and packages that are here, no network."),
                Syntax.flag("-r --remote", "Fetch package lists anew whatever their age."),
                Syntax.flag("--locked", "Make it from the template's lock, which must be there."),
                Syntax.flag("--unlocked", "Make it from the newest packages, whatever locks there are."),
                Syntax.flag("--relock", "Make a new lock first, then make it from that.")));
        specs.addAll(common());
        return specs;
    }

    /** For all of them. */
    public static List<ArgSpec> common() {
        return List.of(
                Syntax.flag("-n --check-only", "Only tell what would be done."),
                Syntax.flag("-2 --skiplock", "Take no locks."),
                Syntax.value("--timeout", "SECONDS", "Wait no longer for the cache's lock; 0 waits without limit."),
                Syntax.value("--vefstype", "TYPE", "File system that containers will ask for: simfs, ext4 or xfs."),
                Syntax.value("--veimgfmt", "FORMAT", "Image format that containers will ask for."));
    }

    /** What they mean. */
    public static CacheOptions options(Arguments arguments) {
        return new CacheOptions(
                freshness(arguments),
                arguments.flag("--check-only"),
                !arguments.flag("--skiplock"),
                arguments
                        .number("--timeout")
                        .filter(seconds -> seconds > 0)
                        .map(Duration::ofSeconds)
                        .orElse(FileLock.FOREVER),
                kind(arguments),
                locking(arguments));
    }

    private static LockMode locking(Arguments arguments) {
        return switch (arguments.lastOf("--locked", "--unlocked", "--relock").orElse("")) {
            case "--locked" -> LockMode.LOCKED;
            case "--unlocked" -> LockMode.UNLOCKED;
            case "--relock" -> LockMode.RELOCK;
            default -> LockMode.BY_HOST;
        };
    }

    private static Freshness freshness(Arguments arguments) {
        Optional<String> last = arguments.lastOf("--cache", "--remote");
        if (last.isEmpty()) {
            return Freshness.WHEN_EXPIRED;
        }
        return last.get().equals("--cache") ? Freshness.LOCAL_ONLY : Freshness.ALWAYS;
    }

    private static CacheKind kind(Arguments arguments) {
        CacheKind kind = CacheKind.ANY;
        Optional<String> fileSystem = arguments.nonEmptyValue("--vefstype");
        if (fileSystem.isPresent()) {
            kind = kind.withFileSystem(fileSystem.get());
        }
        Optional<String> format = arguments.nonEmptyValue("--veimgfmt");
        return format.isPresent() ? kind.withImageFormat(format.get()) : kind;
    }
}
