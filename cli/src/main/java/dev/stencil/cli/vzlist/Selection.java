package dev.stencil.cli.vzlist;

import dev.stencil.cli.Arguments;
import dev.stencil.container.ListedContainer;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;

/** Which containers a listing shows: by state, and by shell patterns of name, host name, description. */
final class Selection {
    private final Arguments arguments;

    Selection(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Containers named on the command line are shown whatever their state. */
    boolean includes(ListedContainer listed, boolean isNamed) {
        var config = listed.container().config();
        return (isNamed || isOfState(listed))
                && matches("-N", config.name())
                && matches("-h", config.hostName())
                && matches("-d", config.description());
    }

    private boolean isOfState(ListedContainer listed) {
        boolean up = listed.status().isUp();
        if (arguments.flag("-S")) {
            return !up;
        }
        return arguments.flag("-a") || up;
    }

    private boolean matches(String option, Optional<String> text) {
        Optional<String> pattern = arguments.value(option);
        if (pattern.isEmpty()) {
            return true;
        }
        // The glob syntax knows path separators, which these texts may contain: hide them.
        String glob = "glob:" + pattern.get().replace('/', '\u0001');
        return text.isPresent()
                && FileSystems.getDefault()
                        .getPathMatcher(glob)
                        .matches(Path.of(text.get().replace('/', '\u0001')));
    }
}
