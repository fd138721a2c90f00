package dev.stencil.cli.vzctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Syntax;
import dev.stencil.container.config.IpAddress;
import dev.stencil.container.config.Setting;
import dev.stencil.container.config.Settings;
import dev.stencil.container.config.SettingsChange;
import dev.stencil.host.ConfigFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that give settings of a container, the same for every command that has them. */
public final class SettingOptions {
    private static final String IPADD = "--ipadd";
    private static final String IPDEL = "--ipdel";

    private SettingOptions() {}

    /** Adds all of them; those without effect on this kernel are left out of the help. */
    public static void add(CommandSpec spec) {
        for (Setting setting : Settings.all()) {
            spec.addOption(option(setting));
        }
        spec.addOption(Syntax.values(IPADD + " --ip", "ADDRESS", "Routed address to add; repeatable."));
    }

    /** Also the option that takes addresses away. */
    public static void addWithRemoval(CommandSpec spec) {
        add(spec);
        spec.addOption(Syntax.values(IPDEL, "ADDRESS", "Routed address to take away, or all."));
    }

    /** What the command line asks for, checked completely. */
    public static SettingsChange read(Arguments arguments) {
        SettingsChange change = SettingsChange.NONE;
        for (Setting setting : Settings.all()) {
            Optional<String> given = Settings.isList(setting)
                    ? joined(arguments.values(setting.option()))
                    : arguments.value(setting.option());
            if (given.isPresent()) {
                change = change.with(setting, given.get());
            }
        }
        return addresses(change, arguments);
    }

    private static SettingsChange addresses(SettingsChange change, Arguments arguments) {
        List<String> added = words(arguments.values(IPADD));
        List<String> removed = words(arguments.values(IPDEL));
        SettingsChange result = removed.isEmpty() ? change : change.removing(removed);
        return added.isEmpty() ? result : result.adding(IpAddress.parseAll(added));
    }

    private static Optional<String> joined(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", values));
    }

    private static List<String> words(List<String> values) {
        List<String> all = new ArrayList<>();
        values.forEach(value -> all.addAll(ConfigFile.split(value)));
        return all;
    }

    private static OptionSpec option(Setting setting) {
        OptionSpec option = Settings.isList(setting)
                ? Syntax.values(setting.options(), setting.label(), setting.description())
                : Syntax.value(setting.options(), setting.label(), setting.description());
        boolean hidden =
                setting.effect() == Setting.Effect.KEPT && !setting.key().equals("DISKSPACE");
        return hidden ? OptionSpec.builder(option).hidden(true).build() : option;
    }
}
