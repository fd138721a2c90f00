package dev.stencil.cli.vzctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.Container;
import dev.stencil.container.ContainerService;
import dev.stencil.container.CreateContainerRequest;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.ContainerName;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzctl create}; options: spec vzctl 3.3. */
final class CreateCommand implements Command {
    private static final Set<String> LAYOUTS = Set.of("overlay", "6");

    private final Stencil stencil;

    CreateCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "Create a container from an OS template.",
                Syntax.value("--ostemplate", "OST", "OS template; default: DEF_OSTEMPLATE of vz.conf."),
                Syntax.value("--config", "SAMPLE", "Sample configuration; default: CONFIGFILE of vz.conf."),
                Syntax.value("--name", "NAME", "Name of the container."),
                Syntax.value("--private", "PATH", "Private area; $VEID stands for the id."),
                Syntax.value("--root", "PATH", "Mount point; $VEID stands for the id."),
                Syntax.value("--uuid --id", "UUID", "Its identity, where the id is a number."),
                Syntax.value("--layout --ve_layout", "LAYOUT", "How its files are stored: overlay."),
                Syntax.flag("--privileged", "Without a user namespace: its root is the host's, with few capabilities."),
                Syntax.ignored("--force"),
                Syntax.flag("--skip_app_templates", "Leave out the application templates that the sample names."));
        SettingOptions.add(spec);
        spec.add(Syntax.operands("CTID", "1", "Id of the new container: a number or a UUID."));
        return spec;
    }

    @Override
    public int run(Arguments arguments, Output out) {
        requireLayout(arguments.value("--layout"));
        ContainerService service = stencil.containerService(arguments.flag("--skiplock"));
        var request = new CreateContainerRequest(
                ContainerId.parse(arguments.operand(0)),
                arguments.value("--uuid").map(CreateCommand::uuid),
                arguments.value("--name").filter(name -> !name.isEmpty()).map(ContainerName::new),
                new CreateContainerRequest.Profile(
                        arguments.nonEmptyValue("--config"),
                        arguments.nonEmptyValue("--ostemplate"),
                        arguments.flag("--privileged")),
                new CreateContainerRequest.Places(
                        arguments.nonEmptyValue("--private"), arguments.nonEmptyValue("--root")),
                SettingOptions.read(arguments));
        Container container = arguments.flag("--skip_app_templates")
                ? service.create(request, out.progress())
                : service.create(request, stencil.applicationInstaller(out::uninterrupted), out.progress());
        out.note("Container " + container.shown() + " was created");
        return 0;
    }

    private static String uuid(String text) {
        ContainerId id = ContainerId.parse(text);
        if (id.isNumber()) {
            throw new StencilException(Fault.BAD_VALUE, "\"" + text + "\" is not a UUID.");
        }
        return id.text();
    }

    private static void requireLayout(Optional<String> layout) {
        if (layout.isPresent() && !LAYOUTS.contains(layout.get())) {
            throw new StencilException(
                    Fault.BAD_VALUE,
                    "Layout \"" + layout.get()
                            + "\" is not available here: new containers are overlays. Leave it out.");
        }
    }
}
