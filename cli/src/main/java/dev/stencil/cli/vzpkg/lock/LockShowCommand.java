package dev.stencil.cli.vzpkg.lock;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.image.lock.LockStore;
import dev.stencil.packages.Vzpackages;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockedPackage;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg lock show}: what a lock says, for people; all of it with {@code --json}. */
public final class LockShowCommand implements Command {
    private final Stencil stencil;

    public LockShowCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command("Show a lock.", Syntax.operands("LOCK", "1", LockOperands.WHAT));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        Lock lock = stencil.lockReferences()
                .find(Arguments.withoutDot(arguments.operand(0)))
                .lock();
        if (out.isJson()) {
            out.json(json -> LockJson.lock(json, lock));
        } else {
            show(lock, out);
        }
        return 0;
    }

    private static void show(Lock lock, Output out) {
        if (!out.isQuiet()) {
            out.line("template    " + lock.template().name()
                    + (lock.template().apps().isEmpty()
                            ? ""
                            : " with " + String.join(", ", lock.template().apps())));
            out.line("id          " + LockStore.shown(lock.id()));
            out.line("revision    " + revision(lock));
            out.line("clock       " + Instant.ofEpochSecond(lock.template().clock()));
            lock.repositories()
                    .forEach(one -> out.line("repository  " + one.id() + " " + one.url()
                            + one.part().suite().map(suite -> " " + suite).orElse("")
                            + (one.part().components().isEmpty()
                                    ? ""
                                    : " " + String.join(" ", one.part().components()))
                            + one.state().dated().map(time -> ", " + time).orElse("")));
            out.line("packages    " + lock.packages().size() + ", "
                    + lock.packages().stream()
                            .mapToLong(one -> one.file().sizeBytes())
                            .sum()
                    + " bytes to fetch");
        }
        for (LockedPackage one : lock.packages()) {
            out.line(Vzpackages.line(one.packageName()));
        }
    }

    private static String revision(Lock lock) {
        return lock.provenance().revision() == 0
                ? "none, made for a cache"
                : "r" + lock.provenance().revision() + ", " + lock.provenance().created() + " by "
                        + lock.provenance().createdBy();
    }
}
