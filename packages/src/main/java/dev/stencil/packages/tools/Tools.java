package dev.stencil.packages.tools;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.template.PackageManagerType;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The programs of one family of package managers, wherever they come from: decided once, when the first is run. */
public final class Tools implements ProgramRunner {
    private final Supplier<ToolChoice.Chosen> choice;
    private ToolChoice.@Nullable Chosen chosen;

    private Tools(Supplier<ToolChoice.Chosen> choice) {
        this.choice = choice;
    }

    /** As {@code choice} decides. */
    public static Tools of(PackageManagerType family, ToolChoice choice) {
        return new Tools(() -> choice.of(family));
    }

    /** Those of this host, without a look whether it has them. */
    public static Tools ofHost(ProgramRunner host) {
        return new Tools(() -> new ToolChoice.Chosen(ToolsTree.HOST, host));
    }

    /** Where they are. */
    public ToolsTree tree() {
        return chosen().tree();
    }

    @Override
    public Finished run(Program program) throws IOException {
        return chosen().programs().run(program);
    }

    @Override
    public Process start(Program program) throws IOException {
        return chosen().programs().start(program);
    }

    private synchronized ToolChoice.Chosen chosen() {
        ToolChoice.Chosen made = chosen;
        if (made == null) {
            made = choice.get();
            chosen = made;
        }
        return made;
    }
}
