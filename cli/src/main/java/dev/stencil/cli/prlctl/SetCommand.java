package dev.stencil.cli.prlctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzctl.ContainerCommand;
import dev.stencil.cli.vzctl.SettingOptions;
import dev.stencil.container.ContainerService;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.SettingsChange;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code prlctl set}: always stored, memory in megabytes, on and off for yes and no; spec vzctl 3.17. */
final class SetCommand implements Command {
    private static final long PAGES_OF_MEGABYTE = 256;

    private final Stencil stencil;

    SetCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "Change settings of a container and store them.",
                Syntax.value("--name", "NAME", "Name of the container."),
                Syntax.value("--memsize", "SIZE", "Memory in megabytes, or with K, M, G."),
                Syntax.value("--autostart", "on|off|auto", "Start it with the host."));
        SettingOptions.addWithRemoval(spec);
        spec.add(ContainerCommand.operand());
        return spec;
    }

    @Override
    public int run(Arguments arguments, Output out) {
        ContainerService service = stencil.containerService(false);
        ContainerId id = service.containers().configs().resolve(arguments.operand(0));
        SettingsChange change = SettingOptions.read(arguments);
        Optional<String> memory = arguments.value("--memsize");
        if (memory.isPresent()) {
            change = change.with("PHYSPAGES", Optional.of(pages(memory.get())));
        }
        Optional<String> autostart = arguments.value("--autostart");
        if (autostart.isPresent()) {
            change = change.with("ONBOOT", Optional.of(word(autostart.get())));
        }
        Optional<String> name = arguments.value("--name");
        if (change.isEmpty() && name.isEmpty()) {
            throw new StencilException(Fault.USAGE, "Nothing to set is given.");
        }
        if (name.isPresent()) {
            service.rename(id, name.get());
        }
        if (!change.isEmpty()) {
            service.set(id, change, true);
        }
        out.note("The CT has been successfully configured.");
        return 0;
    }

    private static String pages(String size) {
        boolean bare = !size.isEmpty() && size.chars().allMatch(c -> c >= '0' && c <= '9') && size.length() < 13;
        var amount = bare
                ? dev.stencil.container.config.Amount.of(Long.parseLong(size) * PAGES_OF_MEGABYTE)
                : dev.stencil.container.config.Amount.parse(
                        "--memsize", size, dev.stencil.container.config.Amount.Unit.BYTES_AS_PAGES);
        return amount.text();
    }

    private static String word(String given) {
        return switch (given) {
            case "on", "yes" -> "yes";
            case "off", "no" -> "no";
            case "auto" -> "auto";
            default ->
                throw new StencilException(Fault.BAD_VALUE, "--autostart is on, off or auto, not " + given + ".");
        };
    }
}
