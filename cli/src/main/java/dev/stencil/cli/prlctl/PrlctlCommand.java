package dev.stencil.cli.prlctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzctl.ContainerCommand;
import dev.stencil.container.ContainerService;
import dev.stencil.container.config.ContainerId;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** A command about one existing container that says when it begins and when it is done; texts: spec vzctl 3.17. */
final class PrlctlCommand implements Command {
    private final Stencil stencil;
    private final Texts texts;
    private final ContainerCommand.Work work;
    private final ArgSpec[] options;

    /** What a person reads; an empty text is not said. */
    record Texts(String summary, String begin, String done) {}

    PrlctlCommand(Stencil stencil, Texts texts, ContainerCommand.Work work, ArgSpec... options) {
        this.stencil = stencil;
        this.texts = texts;
        this.work = work;
        this.options = options;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(texts.summary(), options);
        spec.add(ContainerCommand.operand());
        return spec;
    }

    @Override
    public int run(Arguments arguments, Output out) {
        ContainerService service = stencil.containerService(false);
        ContainerId id = service.containers().configs().resolve(arguments.operand(0));
        say(texts.begin(), out);
        work.run(service, id, arguments, out);
        say(texts.done(), out);
        return 0;
    }

    private static void say(String text, Output out) {
        if (!text.isEmpty()) {
            out.note(text);
        }
    }
}
