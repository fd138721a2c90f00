package dev.stencil.cli.vzpkg.lock;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzpkg.diff.ContainerState;
import dev.stencil.cli.vzpkg.diff.DiffPage;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.compare.ComparedState;
import dev.stencil.image.compare.StateDifference;
import dev.stencil.image.lock.LockReferences;
import dev.stencil.packages.PackageDiff.Change;
import dev.stencil.packages.lock.LockDiff;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg lock diff}: how one lock differs from another; exit code 0 when they are equal, 1 when not (spec conary 9.6). */
public final class LockDiffCommand implements Command {
    private static final int DIFFERENT = 1;

    private final Stencil stencil;

    public LockDiffCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Tell how a lock differs from another. Exit code 0 when they are equal, 1 when not.",
                Syntax.operands("LOCK|CT", "1..*", LockOperands.WHAT + " Or a container, whose packages count."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<String> words = arguments.names();
        if (words.size() != 2) {
            throw new StencilException(Fault.USAGE, "Two locks are compared, not " + words.size() + ".");
        }
        if (words.stream().anyMatch(word -> ContainerState.isMeant(word, stencil))) {
            return packages(words, out);
        }
        LockReferences locks = stencil.lockReferences();
        LockDiff diff = LockDiff.between(
                locks.find(words.get(0)).lock(), locks.find(words.get(1)).lock());
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartObject();
                LockJson.diff(json, diff);
                json.writeEndObject();
            });
        } else {
            out.print(diff.text());
        }
        return diff.isEmpty() ? 0 : DIFFERENT;
    }

    /** A container has packages and no lock of its own. */
    private int packages(List<String> words, Output out) {
        ComparedState before = state(words.get(0), out);
        ComparedState after = state(words.get(1), out);
        StateDifference difference = StateDifference.between(before, after, stencil.layers());
        if (out.isJson()) {
            out.json(json -> DiffPage.write(difference, json));
        } else if (!difference.isEmpty()) {
            out.line(before.name() + "  ->  " + after.name());
            DiffPage.lines(difference).forEach(out::line);
            out.line(summary(difference.packages().changes()));
        }
        return difference.isEmpty() ? 0 : DIFFERENT;
    }

    private ComparedState state(String word, Output out) {
        return ContainerState.isMeant(word, stencil)
                ? ContainerState.of(word, stencil, out).packagesOnly()
                : ComparedState.of(word, stencil.lockReferences().find(word).lock());
    }

    private static String summary(List<Change> changes) {
        long added = changes.stream().filter(Change.Added.class::isInstance).count();
        long removed = changes.stream().filter(Change.Removed.class::isInstance).count();
        return added + " added, " + removed + " removed, " + (changes.size() - added - removed) + " changed";
    }
}
