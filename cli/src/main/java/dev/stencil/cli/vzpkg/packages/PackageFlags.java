package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Syntax;
import dev.stencil.container.applications.PackageOptions;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options that the package commands share (spec vzpkg 4.2 and 4.3). */
final class PackageFlags {
    static final OptionSpec PACKAGES = Syntax.flag("-p --packages", "The names are packages, not templates.");
    static final OptionSpec GROUPS = Syntax.flag("-g --groups", "The names are package groups (dnf only).");
    static final OptionSpec EXPANDED =
            Syntax.flag("-e --expanded", "Updates may bring new packages and remove present ones.");
    static final OptionSpec WITH_DEPENDS =
            Syntax.flag("-w --with-depends", "Also remove what needs the removed packages.");

    static final OptionSpec RELEASE =
            Syntax.value("-Q --releasever", "VERSION", "Packages of this release (dnf and zypper).");
    static final OptionSpec ERASING =
            Syntax.flag("-D --allowerasing", "Let installed packages go to make room (dnf only).");

    static final OptionSpec CHECK_ONLY = Syntax.flag("-n --check-only", "Show what would happen, change nothing.");
    static final OptionSpec LOCAL =
            Syntax.flag("-C --cache", "Use the package lists and packages that are here, no network for lists.");
    static final OptionSpec REMOTE = Syntax.flag("-r --remote", "Fetch package lists whatever their age.");
    static final OptionSpec SKIP_LOCK = Syntax.flag("-2 --skiplock", "Take no locks: the caller holds them.");

    private PackageFlags() {}

    /** {@code own} followed by those of every package command. */
    static ArgSpec[] with(ArgSpec... own) {
        List<ArgSpec> all = new ArrayList<>(List.of(own));
        all.add(Syntax.flag("-f --force", "Go on although a template is installed already, or is not."));
        all.addAll(List.of(CHECK_ONLY, LOCAL, REMOTE, SKIP_LOCK));
        return all.toArray(ArgSpec[]::new);
    }

    static PackageOptions options(Arguments arguments) {
        return new PackageOptions(
                freshness(arguments),
                arguments.flag("--check-only"),
                arguments.flag("--force"),
                !arguments.flag("--skiplock"),
                arguments.value("--releasever"),
                arguments.flag("--allowerasing"));
    }

    /** Of {@code -C} and {@code -r} the last one counts. */
    static Freshness freshness(Arguments arguments) {
        return switch (arguments.lastOf("--cache", "--remote").orElse("")) {
            case "--cache" -> Freshness.LOCAL_ONLY;
            case "--remote" -> Freshness.ALWAYS;
            default -> Freshness.WHEN_EXPIRED;
        };
    }

    /** The operands behind the container. */
    static List<String> names(Arguments arguments) {
        List<String> all = arguments.names();
        return all.subList(1, all.size());
    }

    /** The first operand; {@code USAGE} without one. */
    static String container(Arguments arguments) {
        if (arguments.operands().isEmpty()) {
            throw new StencilException(Fault.USAGE, "Name a container, or choose several with --all, --match or --ct.");
        }
        return arguments.names().getFirst();
    }

    static void requireNames(List<String> names) {
        if (names.isEmpty()) {
            throw new StencilException(Fault.USAGE, "Name what is to be installed behind the container.");
        }
    }
}
