package dev.stencil.image;

import dev.stencil.host.Arch;
import dev.stencil.host.Progress;
import dev.stencil.packages.tools.ToolsTree;
import dev.stencil.packages.tools.ToolsTrees;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Trees of tools among the caches: those of templates that the configuration names, or else of every set called {@code tools}
 * whose programs this host runs. The configuration may name directories as well.
 */
public final class ToolsTemplates implements ToolsTrees {
    /** The set that brings package managers. */
    public static final String SET = "tools";

    private final List<String> names;
    private final TemplateArea templates;
    private final GenerationStore generations;
    private final Supplier<CacheService> caches;

    /**
     * @param names of templates, and directories, in the order in which they are tried; empty for every set of tools
     * @param caches makes what is not there
     */
    public ToolsTemplates(
            List<String> names, TemplateArea templates, GenerationStore generations, Supplier<CacheService> caches) {
        this.names = List.copyOf(names);
        this.templates = templates;
        this.generations = generations;
        this.caches = caches;
    }

    @Override
    public List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>();
        for (String name : names) {
            candidates.add(name.startsWith("/") ? directory(name) : template(name));
        }
        if (names.isEmpty()) {
            templates.osTemplates().stream()
                    .filter(ToolsTemplates::isSetOfTools)
                    .map(this::candidate)
                    .forEach(candidates::add);
        }
        return candidates;
    }

    private static boolean isSetOfTools(OsTemplate template) {
        return template.coordinates().set().filter(SET::equals).isPresent()
                && template.arch().runsOn(Arch.ofHost());
    }

    private static Candidate directory(String name) {
        Path directory = Path.of(name);
        return Files.isDirectory(directory.resolve("usr"))
                ? new Ready(new ToolsTree(name, List.of(directory)))
                : new Unusable(name, "is no directory with a system in it");
    }

    private Candidate template(String name) {
        return templates
                .find(name)
                .map(this::candidate)
                .orElseGet(() -> new Unusable(name, "is no template of " + templates.directory()));
    }

    private Candidate candidate(OsTemplate template) {
        Optional<Candidate> cached = cached(template).map(Ready::new);
        return cached.orElseGet(() -> new Buildable(
                template.name(),
                template.packageManagerType(),
                template.cachePackages(),
                progress -> build(template, progress)));
    }

    private Optional<ToolsTree> cached(OsTemplate template) {
        return generations.current(template.name()).map(ToolsTemplates::tree);
    }

    private static ToolsTree tree(Generation generation) {
        return new ToolsTree(generation.template(), generation.trees());
    }

    private ToolsTree build(OsTemplate template, Progress progress) {
        return tree(caches.get().require(template, CacheOptions.DEFAULT, progress));
    }
}
