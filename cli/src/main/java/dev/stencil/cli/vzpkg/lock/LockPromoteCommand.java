package dev.stencil.cli.vzpkg.lock;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheSubject;
import dev.stencil.packages.lock.Lock;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg lock promote}: points a channel at a revision; hosts with {@code LOCK_CHANNEL} follow it (spec conary 9.6). */
public final class LockPromoteCommand implements Command {
    private final Stencil stencil;

    public LockPromoteCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Point a channel at a revision of a template's lock. Hosts with LOCK_CHANNEL in vztt.conf use what it"
                        + " points at.",
                Syntax.operands(
                        "OST rN CHANNEL", "1..*", "OS template (OST+APP with applications), revision, channel."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<String> words = arguments.names();
        if (words.size() != 3 || !words.get(1).matches("r\\d{1,9}")) {
            throw new StencilException(Fault.USAGE, "Give a template, a revision like r7, and a channel.");
        }
        CacheSubject subject = stencil.lockReferences().subject(words.get(0));
        Lock lock = stencil.locks().promote(subject, Long.parseLong(words.get(1).substring(1)), words.get(2));
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartObject();
                json.writeStringProperty("channel", words.get(2));
                LockJson.identity(json, lock);
                json.writeEndObject();
            });
        } else {
            out.note(words.get(2) + " of " + words.get(0) + " is " + words.get(1) + " now");
        }
        return 0;
    }
}
