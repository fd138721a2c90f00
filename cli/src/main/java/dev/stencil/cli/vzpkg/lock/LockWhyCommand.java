package dev.stencil.cli.vzpkg.lock;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockWhy;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg lock why}: the way from a list of the template to a package. */
public final class LockWhyCommand implements Command {
    private final Stencil stencil;

    public LockWhyCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Tell which list of the template brings a package into a lock, and over which others.",
                Syntax.operands("LOCK PACKAGE", "1..*", LockOperands.WHAT + " Then packages."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<String> words = arguments.names();
        if (words.size() < 2) {
            throw new StencilException(Fault.USAGE, "Give a lock and the packages to explain.");
        }
        Lock lock = stencil.lockReferences().find(words.getFirst()).lock();
        List<LockWhy> answers = words.subList(1, words.size()).stream()
                .flatMap(name -> found(lock, name).stream())
                .toList();
        if (!out.isJson()) {
            answers.forEach(why -> out.print(why.text()));
            return 0;
        }
        out.json(json -> {
            json.writeStartArray();
            for (LockWhy why : answers) {
                json.writeStartObject();
                json.writeStringProperty("name", why.member().name());
                json.writeStringProperty("version", why.member().fullVersion());
                json.writeStringProperty("arch", why.member().arch());
                json.writeNumberProperty("stage", why.member().membership().stage());
                LockJson.strings(json, "chain", why.chain());
                LockJson.strings(json, "why", why.askedBy());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        return 0;
    }

    private static List<LockWhy> found(Lock lock, String name) {
        List<LockWhy> found = LockWhy.of(lock, name);
        if (found.isEmpty()) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    name + " is not in the lock of " + lock.template().name() + ".");
        }
        return found;
    }
}
