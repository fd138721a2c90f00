package dev.stencil.cli.prlctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.CreateContainerRequest;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.ContainerName;
import dev.stencil.container.config.SettingsChange;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code prlctl create NAME}: the id is a UUID, the operand its name; spec vzctl 3.17. */
final class CreateCommand implements Command {
    private final Stencil stencil;

    CreateCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Create a container from an OS template.",
                Syntax.value("--vmtype", "TYPE", "What to create: ct."),
                Syntax.value("-t --ostemplate", "OST", "OS template; default: DEF_OSTEMPLATE of vz.conf."),
                Syntax.value("-c --config", "SAMPLE", "Sample configuration."),
                Syntax.value("--dst", "DIRECTORY", "Where its private area is made."),
                Syntax.value("--uuid", "UUID", "Its id; default: a new one."),
                Syntax.operands("NAME", "1", "Name of the new container."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        String type = arguments.value("--vmtype").orElse("ct");
        if (!type.equals("ct") && !type.equals("c")) {
            throw new StencilException(Fault.NOT_SUPPORTED, "Only containers can be created here: use --vmtype ct.");
        }
        ContainerId id = arguments.value("--uuid").map(ContainerId::parse).orElseGet(ContainerId::random);
        Optional<String> home = arguments
                .nonEmptyValue("--dst")
                .map(directory -> (directory.endsWith("/") ? directory : directory + "/") + "$VEID");
        var request = new CreateContainerRequest(
                id,
                Optional.empty(),
                Optional.of(new ContainerName(arguments.operand(0))),
                new CreateContainerRequest.Profile(
                        arguments.nonEmptyValue("--config"), arguments.nonEmptyValue("--ostemplate"), false),
                new CreateContainerRequest.Places(home, Optional.empty()),
                SettingsChange.NONE);
        out.note("Creating the Container...");
        stencil.containerService(false)
                .create(request, stencil.applicationInstaller(out::uninterrupted), out.progress());
        out.note("The Container has been successfully created.");
        return 0;
    }
}
