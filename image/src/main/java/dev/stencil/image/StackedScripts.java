package dev.stencil.image;

import dev.stencil.host.Progress;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.AmendHooks;
import dev.stencil.template.Script;
import dev.stencil.template.Template;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Runs the scripts of a {@link StackChange} around its packages (spec vzpkg 2.6). */
final class StackedScripts implements AmendHooks {
    /** Tells scripts and package managers that a cache with applications is being made. */
    static final String VARIABLE = "APP_CACHE";

    private final TemplateScripts scripts;
    private final StackChange change;
    private final Path root;
    private final Instant now;
    private final String container;
    private final Progress progress;

    /** @param now what programs see as the time */
    StackedScripts(
            TemplateScripts scripts,
            StackChange change,
            CacheSubject subject,
            Path root,
            Instant now,
            Progress progress) {
        this.scripts = subject.applications().isEmpty() ? scripts : scripts.withVariable(VARIABLE, "1");
        this.change = change;
        this.root = root;
        this.now = now;
        // Scripts of the host get a container's id; always the same for one cache, so that what they write is, too.
        this.container = UUID.nameUUIDFromBytes(subject.name().getBytes(StandardCharsets.UTF_8))
                .toString();
        this.progress = progress;
    }

    @Override
    public Instant clock() {
        return now;
    }

    @Override
    public void before(ProgramRunner inside) {
        run(change.before(), inside);
    }

    @Override
    public void after(ProgramRunner inside) {
        run(change.after(), inside);
    }

    private void run(List<Script> kinds, ProgramRunner inside) {
        for (Script kind : kinds) {
            for (Template template : change.templates()) {
                switch (kind.place()) {
                    case HOST -> scripts.runOnHost(template, kind, root, container, progress);
                    case CONTAINER -> scripts.runInside(template, kind, root, inside, progress);
                }
            }
        }
    }
}
