package dev.stencil.container.many;

import dev.stencil.container.ListedContainer;
import dev.stencil.container.config.ContainerConfigs;
import dev.stencil.container.config.ContainerId;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * Which containers a command is for: all, those whose id or name fits a shell pattern, those named.
 *
 * @param patterns shell patterns, as {@code vzlist -N} takes them
 * @param named names or ids; they must exist, and are worked on whatever their state
 */
public record ContainerSelection(boolean all, List<String> patterns, List<String> named) {
    public ContainerSelection {
        patterns = List.copyOf(patterns);
        named = List.copyOf(named);
    }

    /**
     * The containers in the order of ids, each once.
     *
     * @param host all containers of the host, by id
     * @param mustRun whether those that were not named are left out unless they run
     * @throws StencilException {@code CONTAINER_NAME} and {@code CONTAINER_ABSENT} for one that is not there, {@code
     *     CONTAINER_NAME} when patterns alone fit none
     */
    public List<Candidate> from(List<ListedContainer> host, ContainerConfigs configs, boolean mustRun) {
        Set<String> ids = new HashSet<>();
        for (String name : named) {
            ContainerId id = configs.resolve(name);
            ids.add(configs.require(id).id().text());
        }
        List<PathMatcher> globs =
                patterns.stream().map(ContainerSelection::glob).toList();
        List<Candidate> chosen = new ArrayList<>();
        for (ListedContainer one : host) {
            String id = one.container().id().text();
            String name = one.container().config().name().orElse("");
            if (ids.contains(id)) {
                chosen.add(new Candidate(id, name, Optional.empty()));
            } else if (all || globs.stream().anyMatch(glob -> fits(glob, id) || fits(glob, name))) {
                chosen.add(new Candidate(id, name, mustRun ? obstacle(one) : Optional.empty()));
            }
        }
        if (chosen.isEmpty() && !all) {
            throw new StencilException(
                    Fault.CONTAINER_NAME,
                    "No container's id or name fits " + String.join(", ", patterns) + ". See vzlist -a -o ctid,name.");
        }
        return chosen;
    }

    private static Optional<String> obstacle(ListedContainer one) {
        return one.status().listed().equals("running")
                ? Optional.empty()
                : Optional.of("it is " + one.status().listed());
    }

    private static PathMatcher glob(String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + withoutSlashes(pattern));
        } catch (PatternSyntaxException e) {
            throw new StencilException(
                    Fault.BAD_VALUE, "\"" + pattern + "\" is not a shell pattern: " + e.getDescription() + ".", e);
        }
    }

    private static boolean fits(PathMatcher glob, String text) {
        return !text.isEmpty() && glob.matches(Path.of(withoutSlashes(text)));
    }

    /** The glob syntax knows path separators, which are none here. */
    private static String withoutSlashes(String text) {
        return text.replace('/', '\u0001');
    }
}
