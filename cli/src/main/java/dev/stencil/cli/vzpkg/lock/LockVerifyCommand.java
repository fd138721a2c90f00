package dev.stencil.cli.vzpkg.lock;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.Fault;
import dev.stencil.host.Redaction;
import dev.stencil.image.RebuildReport;
import dev.stencil.image.lock.LockStore;
import dev.stencil.image.lock.LockVerification;
import dev.stencil.image.lock.NamedLock;
import dev.stencil.packages.UnavailableFile;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg lock verify}: whether a lock is whole, closed and can still be built (spec conary 9.6). */
public final class LockVerifyCommand implements Command {
    private final Stencil stencil;

    public LockVerifyCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Check that a lock is whole, signed where this host demands it, and closed. Exit code 52 when a file is"
                        + " neither at its repository nor here.",
                Syntax.flag(
                        "--rebuild",
                        "Build it once more and compare with the cache made from it, else with an earlier result."
                                + " Exit code 94 when they differ."),
                Syntax.flag("--online", "Also ask the repositories whether they still have every file."),
                Syntax.operands("LOCK", "1", LockOperands.WHAT));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        NamedLock named = stencil.lockReferences().find(Arguments.withoutDot(arguments.operand(0)));
        if (arguments.flag("--rebuild")) {
            return rebuild(named, out);
        }
        LockVerification found = stencil.locks().verify(named, arguments.flag("--online"));
        if (out.isJson()) {
            json(found, out);
        } else {
            tell(named, found, out);
        }
        return found.lost().isEmpty() ? 0 : Fault.FETCH_FAILED.vzpkgCode();
    }

    private int rebuild(NamedLock named, Output out) {
        RebuildReport report = stencil.rebuild().run(named, out.progress());
        if (out.isJson()) {
            LockRebuildText.json(report, out);
        } else {
            LockRebuildText.tell(report, out);
        }
        return report.isSame() ? 0 : Fault.REBUILD_DIFFERS.vzpkgCode();
    }

    private static void tell(NamedLock named, LockVerification found, Output out) {
        for (UnavailableFile file : found.unavailable()) {
            out.line((file.isStored() ? "only here  " : "missing    ")
                    + file.file().name() + "  " + Redaction.of(file.file().uri() + ": " + file.reason()));
        }
        found.changedInputs().forEach(change -> out.note("The template has moved on: " + change));
        out.note("The lock " + named.name() + " ("
                + LockStore.shown(found.lock().id()) + ") is whole"
                + (found.isClosureChecked() ? " and closed" : "; not all packages are here, so needs were not compared")
                + (found.wasOnline()
                        ? "; "
                                + (found.lock().packages().size()
                                        - found.unavailable().size()) + " of "
                                + found.lock().packages().size() + " files are at their repositories"
                        : ""));
    }

    private static void json(LockVerification found, Output out) {
        out.json(json -> {
            json.writeStartObject();
            LockJson.identity(json, found.lock());
            json.writeBooleanProperty("closure-checked", found.isClosureChecked());
            json.writeBooleanProperty("online", found.wasOnline());
            LockJson.strings(json, "changed-inputs", found.changedInputs());
            json.writeArrayPropertyStart("unavailable");
            for (UnavailableFile file : found.unavailable()) {
                json.writeStartObject();
                json.writeStringProperty("package", file.file().name().toString());
                json.writeStringProperty("url", Redaction.of(file.file().uri().toString()));
                json.writeStringProperty("reason", Redaction.of(file.reason()));
                json.writeBooleanProperty("stored", file.isStored());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
