package dev.stencil.container;

import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Scripts of the administrator that run around mounting and running; source: spec vzctl 6. Those around the mount run on
 * the host, those of start and stop inside.
 */
final class ActionScripts {
    /** A premount script's status for "I have mounted the root myself". */
    private static final int MOUNTED_BY_SCRIPT = 39;

    private final HostLayout layout;
    private final ProgramRunner programs;

    ActionScripts(HostLayout layout, ProgramRunner programs) {
        this.layout = layout;
        this.programs = programs;
    }

    /** When a host script runs; the name is that of its file. */
    enum Moment {
        PREMOUNT("premount", true),
        MOUNT("mount", true),
        UMOUNT("umount", false),
        POSTUMOUNT("postumount", false);

        private final String file;
        private final boolean globalFirst;

        Moment(String file, boolean globalFirst) {
            this.file = file;
            this.globalFirst = globalFirst;
        }
    }

    /** Runs the global and the container's script of that moment; the first that fails ends the chain. */
    void run(Moment moment, Container container) {
        for (Path script : scripts(moment, container)) {
            Finished finished = runOnHost(script, container);
            if (!finished.isSuccess()) {
                throw failed(script, finished);
            }
        }
    }

    /** As {@link #run} for {@link Moment#PREMOUNT}; true when a script has mounted the root itself. */
    boolean premount(Container container) {
        boolean mounted = false;
        for (Path script : scripts(Moment.PREMOUNT, container)) {
            Finished finished = runOnHost(script, container);
            if (!finished.isSuccess() && finished.status() != MOUNTED_BY_SCRIPT) {
                throw failed(script, finished);
            }
            mounted |= finished.status() == MOUNTED_BY_SCRIPT;
        }
        return mounted;
    }

    /** Feeds the container's {@code start} or {@code stop} script, if it has one, to a shell inside. */
    void runInside(String name, Container container, ProgramRunner inside) {
        Path script = container.area().scripts().resolve(name);
        if (!Files.isRegularFile(script)) {
            return;
        }
        try {
            Finished finished = inside.run(Program.of("/bin/sh").input(new Program.Input.File(script)));
            if (!finished.isSuccess()) {
                throw failed(script, finished);
            }
        } catch (IOException e) {
            throw new StencilException(Fault.SCRIPT_FAILED, "Cannot run " + script + ": " + e.getMessage(), e);
        }
    }

    private List<Path> scripts(Moment moment, Container container) {
        List<Path> found = new ArrayList<>();
        found.add(layout.containerConfigs().resolve("vps." + moment.file));
        found.add(container.area().scripts().resolve(moment.file));
        List<Path> order = moment.globalFirst ? found : found.reversed();
        return order.stream().filter(Files::isRegularFile).toList();
    }

    private Finished runOnHost(Path script, Container container) {
        try {
            return programs.run(Program.of(script.toString())
                    .env("VEID", container.id().text())
                    .env("VE_CONFFILE", container.area().config().toString()));
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SCRIPT_FAILED,
                    "Cannot run the action script " + script + ": " + e.getMessage() + ". Is it executable?",
                    e);
        }
    }

    private static StencilException failed(Path script, Finished finished) {
        String words = finished.stderrEnd().strip();
        return new StencilException(
                Fault.SCRIPT_FAILED,
                "The action script " + script + " ended with status " + finished.status()
                        + (words.isEmpty() ? "." : ": " + words));
    }
}
