package dev.stencil.image.compare;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheSubject;
import dev.stencil.image.Generation;
import dev.stencil.image.GenerationStore;
import dev.stencil.image.layer.Installed;
import dev.stencil.image.lock.LockReferences;
import dev.stencil.image.lock.LockStore;
import dev.stencil.image.tree.TreeStack;
import dev.stencil.packages.lock.Lock;
import dev.stencil.template.TemplateArea;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds what an argument of a comparison means, but for containers. */
public final class TemplateStates {
    private final TemplateArea templates;
    private final GenerationStore generations;

    public TemplateStates(TemplateArea templates, GenerationStore generations) {
        this.templates = templates;
        this.generations = generations;
    }

    /**
     * {@code TEMPLATE}, the generation in force; {@code TEMPLATE@N}, generation N; {@code TEMPLATE@rN}, revision N of the
     * lock; each also as {@code TEMPLATE+app}; a path with a slash or ending in {@code .lock}, a lock file.
     *
     * @throws StencilException {@code NOT_CACHED}, {@code TEMPLATE_UNKNOWN}, {@code FILE_NOT_FOUND}, {@code BAD_VALUE}
     */
    public ComparedState find(String argument) {
        if (argument.indexOf('/') >= 0 || argument.endsWith(".lock")) {
            return ComparedState.of(argument, Lock.read(Path.of(argument)));
        }
        int at = argument.lastIndexOf('@');
        if (at < 0) {
            String name = subject(argument).name();
            return of(generations.current(name).orElseThrow(() -> notCached(name)));
        }
        String name = argument.substring(0, at);
        String number = argument.substring(at + 1);
        return number.startsWith("r")
                ? ComparedState.of(
                        argument,
                        LockStore.of(subject(name).template(), subject(name).applications())
                                .revision(number(argument, number.substring(1))))
                : generation(subject(name).name(), number(argument, number));
    }

    /** A template with applications is {@code TEMPLATE+app+app}. */
    private CacheSubject subject(String word) {
        return new LockReferences(templates, generations).subject(word);
    }

    private static int number(String argument, String digits) {
        boolean isNumber =
                !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber) {
            throw new StencilException(
                    Fault.BAD_VALUE,
                    "\"" + argument + "\" is not understood: after @ comes the number of a generation, or r and the"
                            + " number of a lock's revision.");
        }
        return Integer.parseInt(digits);
    }

    private ComparedState generation(String template, int number) {
        List<Generation> all = generations.all(template);
        return of(all.stream()
                .filter(generation -> generation.number() == number)
                .findFirst()
                .orElseThrow(() -> all.isEmpty()
                        ? notCached(template)
                        : new StencilException(
                                Fault.NOT_CACHED,
                                template + " has no generation " + number + " any more; there are: "
                                        + String.join(
                                                ", ",
                                                all.stream()
                                                        .map(one -> String.valueOf(one.number()))
                                                        .toList())
                                        + ".")));
    }

    private static StencilException notCached(String template) {
        return new StencilException(
                Fault.NOT_CACHED, template + " is not cached. Make its cache with: vzpkg create cache " + template);
    }

    private ComparedState of(Generation generation) {
        return new ComparedState(
                generation.template() + "@" + generation.number(),
                generations.manifest(generation).packages().stream()
                        .map(Installed::name)
                        .toList(),
                Optional.of(TreeStack.of(generation.trees())));
    }
}
