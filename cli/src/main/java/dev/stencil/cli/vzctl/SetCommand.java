package dev.stencil.cli.vzctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.ContainerService;
import dev.stencil.container.SettingsResult;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.Samples;
import dev.stencil.container.config.SettingsChange;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzctl set}; spec vzctl 3.8. */
final class SetCommand implements Command {
    private final Stencil stencil;

    SetCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "Change settings of a container, at once where it runs.",
                Syntax.flag("--save", "Store the change in the configuration."),
                Syntax.value("--name", "NAME", "Name of the container; needs --save."),
                Syntax.value("--applyconfig", "SAMPLE", "Take resources over from a sample configuration."),
                Syntax.ignoredValue("--setmode"),
                Syntax.ignored("--force"));
        SettingOptions.addWithRemoval(spec);
        spec.add(ContainerCommand.operand());
        return spec;
    }

    @Override
    public int run(Arguments arguments, Output out) {
        ContainerService service = stencil.containerService(arguments.flag("--skiplock"));
        ContainerId id = service.containers().configs().resolve(arguments.operand(0));
        boolean save = arguments.flag("--save");
        SettingsChange change = withSample(arguments, SettingOptions.read(arguments));
        Optional<String> name = arguments.value("--name");
        requireSave(save, change, name);
        if (change.isEmpty() && name.isEmpty()) {
            throw new StencilException(Fault.USAGE, "Nothing to set is given.");
        }
        if (name.isPresent()) {
            service.rename(id, name.get());
        }
        if (!change.isEmpty()) {
            explain(service.set(id, change, save), out);
        }
        if (save) {
            out.note("Saved parameters for Container " + id);
        }
        return 0;
    }

    private SettingsChange withSample(Arguments arguments, SettingsChange change) {
        Optional<String> sample = arguments.nonEmptyValue("--applyconfig");
        if (sample.isEmpty()) {
            return change;
        }
        SettingsChange result = change;
        for (Map.Entry<String, Optional<String>> entry :
                new Samples(stencil.layout()).require(sample.get()).applicable().entrySet()) {
            if (!change.values().containsKey(entry.getKey())) {
                result = result.with(entry.getKey(), entry.getValue());
            }
        }
        return result;
    }

    private static void requireSave(boolean save, SettingsChange change, Optional<String> name) {
        if (name.isPresent() && !save) {
            throw new StencilException(Fault.BAD_CONTAINER_NAME, "--name needs --save: a name is always stored.");
        }
        if (change.values().containsKey("DISKSPACE") && !save) {
            throw new StencilException(Fault.USAGE, "--diskspace needs --save.");
        }
    }

    private static void explain(SettingsResult result, Output out) {
        if (!result.isSaved()) {
            out.note("The change is not saved and lasts until the container stops. Add --save to keep it.");
        }
        if (!result.kept().isEmpty()) {
            out.note("Without effect on this kernel: " + String.join(", ", result.kept()));
        }
        if (!result.atNextStart().isEmpty()) {
            out.note("Takes effect at the next start: " + String.join(", ", result.atNextStart()));
        }
    }
}
