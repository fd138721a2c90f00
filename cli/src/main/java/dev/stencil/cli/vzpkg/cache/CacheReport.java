package dev.stencil.cli.vzpkg.cache;

import dev.stencil.cli.Output;
import dev.stencil.image.CacheResult;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Vzpackages;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Tells how making caches ended: a line each for people, an array with {@code --json}, the plan with {@code -n}. */
public final class CacheReport {
    private static final int MEBIBYTE = 1 << 20;

    private final Output out;
    private final Function<CacheResult, String> remedy;

    CacheReport(Output out) {
        this(out, present -> "vzpkg update cache " + present.template());
    }

    /** {@code remedy} is the command that makes a cache anew. */
    public CacheReport(Output out, String remedy) {
        this(out, _ -> remedy);
    }

    private CacheReport(Output out, Function<CacheResult, String> remedy) {
        this.out = out;
        this.remedy = remedy;
    }

    /** All there is to tell about the one cache that a command made. */
    public void tell(CacheResult result) {
        note(result);
        data(List.of(result));
    }

    /** One line about {@code result}. */
    void note(CacheResult result) {
        out.note(
                switch (result) {
                    case CacheResult.Built built ->
                        "Cache of " + built.template() + " is ready: generation "
                                + built.generation().number() + ", "
                                + built.packages() + " packages, " + built.sizeBytes() / MEBIBYTE + " MiB, "
                                + seconds(built.elapsed().toMillis()) + " s";
                    case CacheResult.Unchanged present ->
                        "Cache of " + present.template() + " is up to date: nothing has changed since generation "
                                + present.generation().number();
                    case CacheResult.AlreadyExists present ->
                        "Cache of " + present.template() + " already exists: generation "
                                + present.generation().number() + ". Make it anew with: " + remedy.apply(present);
                    case CacheResult.CheckedChange checked -> change(checked.template(), checked.plan());
                    case CacheResult.Checked checked ->
                        "Cache of " + checked.template() + " would have "
                                + checked.plan().install().size() + " packages, "
                                + checked.plan().downloadBytes() / MEBIBYTE + " MiB as packages";
                });
    }

    private static String change(String template, Resolution plan) {
        if (plan.isEmpty()) {
            return "Cache of " + template + " is up to date";
        }
        return "Cache of " + template + " would get " + plan.install().size() + " packages, "
                + plan.downloadBytes() / MEBIBYTE + " MiB as packages, and lose "
                + plan.remove().size();
    }

    private static List<PackageFile> planned(CacheResult result) {
        return switch (result) {
            case CacheResult.Checked checked -> checked.plan().install();
            case CacheResult.CheckedChange checked -> checked.plan().install();
            case CacheResult.Built _, CacheResult.AlreadyExists _, CacheResult.Unchanged _ -> List.of();
        };
    }

    /** What programs want: nothing but the plan of {@code -n}, or everything with {@code --json}. */
    void data(List<CacheResult> results) {
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartArray();
                results.forEach(result -> write(json, result));
                json.writeEndArray();
            });
            return;
        }
        for (CacheResult result : results) {
            planned(result).forEach(file -> out.line(Vzpackages.line(file.name())));
        }
    }

    private static void write(JsonGenerator json, CacheResult result) {
        json.writeStartObject();
        json.writeStringProperty("template", result.template());
        switch (result) {
            case CacheResult.Built built -> {
                json.writeStringProperty("result", "built");
                json.writeNumberProperty("generation", built.generation().number());
                json.writeNumberProperty("packages", built.packages());
                json.writeNumberProperty("size", built.sizeBytes());
                json.writeNumberProperty("milliseconds", built.elapsed().toMillis());
            }
            case CacheResult.Unchanged present -> {
                json.writeStringProperty("result", "unchanged");
                json.writeNumberProperty("generation", present.generation().number());
            }
            case CacheResult.AlreadyExists present -> {
                json.writeStringProperty("result", "exists");
                json.writeNumberProperty("generation", present.generation().number());
            }
            case CacheResult.Checked _, CacheResult.CheckedChange _ -> {
                json.writeStringProperty("result", "checked");
                json.writeArrayPropertyStart("packages");
                planned(result).forEach(file -> write(json, file));
                json.writeEndArray();
            }
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, PackageFile file) {
        json.writeStartObject();
        json.writeStringProperty("name", file.name().name());
        json.writeStringProperty("version", file.name().version());
        json.writeStringProperty("arch", file.name().arch());
        json.writeNumberProperty("size", file.sizeBytes());
        json.writeStringProperty("sha256", file.sha256().hex());
        json.writeEndObject();
    }

    private static String seconds(long milliseconds) {
        return milliseconds / 1000 + "." + milliseconds % 1000 / 100;
    }
}
