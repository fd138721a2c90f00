package dev.stencil.cli.vzpkg.lock;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.lock.LockCheck;
import dev.stencil.image.lock.LockRequest;
import dev.stencil.image.lock.LockResult;
import dev.stencil.image.lock.LockService;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockDiff;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg lock}: makes, renews or checks the lock of a template (spec conary 9.6). */
public final class LockCommand implements Command {
    private final Stencil stencil;

    public LockCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Make the lock of an OS template: the exact packages that its caches are made from. Writes nothing when"
                        + " nothing changed. With --update, operands after the template are packages of the lock; without"
                        + " it they are application templates.",
                Syntax.flag("--update", "Keep the lock but for these packages and what they force; all without any."),
                Syntax.flag("--security", "With --update: take newer versions from security repositories only."),
                Syntax.flag("--check", "Only tell whether a new lock would differ: exit code 22 if so."),
                Syntax.value("--apptemplate", "APP,…", "Application templates that are locked together with it."),
                Syntax.value("--build", "NAME", "Which build of the template; \"default\" where there is only one."),
                Syntax.value("--clock", "TIME", "The lock's clock: seconds since 1970, or 2026-07-11T10:16:37Z."),
                Syntax.flag("-C --cache", "Use package lists that are here, no network."),
                Syntax.operands("OST [NAME]", "1..*", "The OS template, then applications or packages."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        requireOnlyBuild(arguments);
        LockService locks = stencil.locks();
        String template = arguments.names().getFirst();
        List<String> names = arguments.names().subList(1, arguments.names().size());
        boolean isUpdate = arguments.flag("--update");
        if (arguments.flag("--security") && !isUpdate) {
            throw new StencilException(Fault.USAGE, "--security says what --update may take. Pass --update as well.");
        }
        List<String> applications = new ArrayList<>(
                arguments.nonEmptyValue("--apptemplate").map(ConfigFile::split).orElse(List.of()));
        if (!isUpdate) {
            applications.addAll(names);
        }
        Freshness freshness = arguments.flag("--cache") ? Freshness.LOCAL_ONLY : Freshness.ALWAYS;
        if (arguments.flag("--check")) {
            return check(locks.check(template, applications, freshness, out.progress()), out);
        }
        LockRequest.Scope scope = isUpdate
                ? new LockRequest.Scope.Update(names, arguments.flag("--security"))
                : new LockRequest.Scope.Anew();
        tell(
                locks.lock(new LockRequest(template, applications, scope, clock(arguments), freshness), out.progress()),
                out);
        return 0;
    }

    private static void requireOnlyBuild(Arguments arguments) {
        Optional<String> build = arguments.nonEmptyValue("--build").filter(name -> !name.equals("default"));
        if (build.isPresent()) {
            throw new StencilException(
                    Fault.NOT_SUPPORTED,
                    "There is no build \"" + build.get() + "\": templates have the one build default, flavors are not"
                            + " supported yet.");
        }
    }

    private static Optional<Instant> clock(Arguments arguments) {
        Optional<String> text = arguments.nonEmptyValue("--clock");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String time = text.get();
        try {
            boolean isNumber = time.matches("\\d{1,12}");
            return Optional.of(isNumber ? Instant.ofEpochSecond(Long.parseLong(time)) : Instant.parse(time));
        } catch (DateTimeException e) {
            throw new StencilException(
                    Fault.BAD_VALUE,
                    "--clock is neither seconds since 1970 nor a time like 2026-07-11T10:16:37Z: " + time,
                    e);
        }
    }

    private static int check(LockCheck check, Output out) {
        LockDiff diff = LockDiff.between(check.present(), check.newest());
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartObject();
                json.writeStringProperty("result", check.isStale() ? "stale" : "fresh");
                LockJson.diff(json, diff);
                json.writeEndObject();
            });
        } else if (check.isStale()) {
            out.print(diff.text());
        } else {
            out.note("The lock r" + check.present().provenance().revision() + " is up to date");
        }
        return check.isStale() ? Fault.STALE.vzpkgCode() : 0;
    }

    private static void tell(LockResult result, Output out) {
        Lock lock = result.lock();
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartObject();
                json.writeStringProperty("result", result instanceof LockResult.Written ? "written" : "unchanged");
                LockJson.identity(json, lock);
                json.writeEndObject();
            });
            return;
        }
        switch (result) {
            case LockResult.Unchanged(var present, var file) ->
                out.note("The lock r" + present.provenance().revision() + " is unchanged: " + file);
            case LockResult.Written(var made, var previous, var file) -> {
                previous.ifPresent(
                        before -> out.print(LockDiff.between(before, made).text()));
                out.note("Lock r" + made.provenance().revision() + " with "
                        + made.packages().size() + " packages written to " + file);
            }
        }
    }
}
