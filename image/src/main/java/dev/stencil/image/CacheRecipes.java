package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.image.layer.Installed;
import dev.stencil.image.layer.LayerRecipe;
import dev.stencil.packages.BuildStage;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the layers of a template's root are made from. Two templates that begin alike have equal first recipes. */
final class CacheRecipes {
    private final OsTemplate template;
    private final PackageSource source;

    CacheRecipes(OsTemplate template, PackageSource source) {
        this.template = template;
        this.source = source;
    }

    /** Packages of one stage, upon {@code below}. The scripts of the first stage run while it is made. */
    LayerRecipe stage(Optional<Digest> below, BuildStage stage, Instant clock) throws IOException {
        Map<String, String> inputs = new TreeMap<>();
        inputs.put("architecture", source.arch() + (source.multiarch() ? " with others" : ""));
        template.environment().forEach((name, value) -> inputs.put("$" + name, value));
        if (stage.isFirst()) {
            addScripts(inputs, Script.PRE_CACHE, Script.MID_PRE_INSTALL, Script.MID_POST_INSTALL);
        }
        List<Installed> packages = stage.packages().stream()
                .map(file -> new Installed(file.name(), Optional.of(file.sha256())))
                .toList();
        return new LayerRecipe(below, "packages", source.driver(), clock, packages, inputs);
    }

    /** What comes after all packages, upon {@code below}. Addresses may hold passwords, so only their digest is told. */
    LayerRecipe finish(Digest below, Resolution plan, Instant clock) throws IOException {
        Map<String, String> inputs = new TreeMap<>();
        addScripts(inputs, Script.POST_CACHE, Script.POST_INSTALL);
        inputs.put("volatile", digest(String.join("\n", template.volatilePaths())));
        inputs.put("automatic", digest(plan.automatic().stream().sorted().collect(Collectors.joining("\n"))));
        inputs.put(
                "sources",
                digest(source.repositories().stream().map(Repository::location).collect(Collectors.joining("\n"))));
        return new LayerRecipe(Optional.of(below), "finish", source.driver(), clock, List.of(), inputs);
    }

    private void addScripts(Map<String, String> inputs, Script... scripts) throws IOException {
        for (Script script : scripts) {
            Optional<Path> file = template.script(script);
            if (file.isPresent()) {
                inputs.put(script.fileName(), "sha256:" + Digest.of(Files.readAllBytes(file.get())));
            }
        }
    }

    private static String digest(String text) {
        return "sha256:" + Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
