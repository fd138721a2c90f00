package dev.stencil.cli.vzpkg;

import dev.stencil.cli.Syntax;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The one option table of the original, of which every command accepts all (spec vzpkg 4.2). */
final class VzpkgOptions {
    private static final List<String> FLAGS = List.of(
            "-f --force",
            "-w --with-depends",
            "-n --check-only",
            "-p --packages",
            "-g --groups",
            "-t --template --clean-template",
            "-C --cache",
            "-r --remote",
            "-u --custom-pkg",
            "-S --with-summary",
            "-i --pkgid",
            "-c --cached",
            "-O --os",
            "-A --app",
            "-k --clean-packages",
            "-a --clean-all",
            "-e --expanded",
            "-I --interactive",
            "-s --force-shared",
            "-P --separate",
            "-v --no-vzup2date",
            "-2 --skiplock",
            "-o --force-openat",
            "-1 --vzdir",
            "-D --allowerasing",
            "-M --norepair",
            "--update-cache",
            "--skip-db",
            "--force-vzctl",
            "--old-format",
            "-T --old-template",
            "-W --with-old-template",
            "--old-info-type",
            "--old-info-version",
            "--old-info-technologies");
    private static final List<String> VALUES = List.of(
            "-F --for-os",
            "-Q --releasever",
            "--config",
            "--ostemplate",
            "--apptemplate",
            "--vefstype",
            "--veimgfmt",
            "--timeout");

    private VzpkgOptions() {}

    /** Adds what {@code spec} has not declared itself. {@code --available} is missing: only {@code list} takes it. */
    static void addForeign(CommandSpec spec) {
        for (String names : FLAGS) {
            addUnlessKnown(spec, Syntax.ignored(names));
        }
        for (String names : VALUES) {
            addUnlessKnown(spec, Syntax.ignoredValue(names));
        }
    }

    private static void addUnlessKnown(CommandSpec spec, OptionSpec option) {
        for (String name : option.names()) {
            if (spec.optionsMap().containsKey(name)) {
                return;
            }
        }
        spec.addOption(option);
    }
}
