package dev.stencil.container.applications;

import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.lock.Lock;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.Script;
import dev.stencil.template.Template;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One package command, ready to be carried out by {@link PackageOperation}.
 *
 * @param command its words on the command line without the container, for records
 * @param title what progress calls it (spec vzpkg 9.4)
 * @param repositories applications beside the container's own whose repositories take part
 * @param lock what the container stands on afterwards; absent when the job does not change that
 */
record PackageJob(
        Premises premises,
        String command,
        String title,
        List<AppTemplate> repositories,
        Wish wish,
        Scripts scripts,
        Marks marks,
        Optional<Lock> lock) {
    PackageJob {
        repositories = List.copyOf(repositories);
    }

    /** A job that does not follow a lock. */
    PackageJob(
            Premises premises,
            String command,
            String title,
            List<AppTemplate> repositories,
            Wish wish,
            Scripts scripts,
            Marks marks) {
        this(premises, command, title, repositories, wish, scripts, marks, Optional.empty());
    }

    /** Whether nothing but packages could change: neither scripts run nor templates come or go. */
    boolean hasNoEffect() {
        return marks.isEmpty() && scripts.templates().isEmpty();
    }

    /** What the package manager is asked; nothing where there is nothing to ask. */
    @FunctionalInterface
    interface Wish {
        /**
         * The request, if there is one.
         *
         * @param installed waits for the reading of the package database, so only who needs it asks
         */
        Optional<PackageRequest> given(Supplier<List<PackageName>> installed);

        /** Asks for {@code request} whatever is installed. */
        static Wish always(PackageRequest request) {
            return new Always(request);
        }

        /** Known before the database is read. */
        record Always(PackageRequest request) implements Wish {
            @Override
            public Optional<PackageRequest> given(Supplier<List<PackageName>> installed) {
                return Optional.of(request);
            }
        }
    }

    /** Scripts of {@code templates} before and after the package manager, each kind for all templates in turn. */
    record Scripts(List<Script> before, List<Script> after, List<? extends Template> templates) {
        static final Scripts NONE = new Scripts(List.of(), List.of(), List.of());

        Scripts {
            before = List.copyOf(before);
            after = List.copyOf(after);
            templates = List.copyOf(templates);
        }
    }

    /** Application templates that the command itself puts in or takes out, whatever their packages. */
    record Marks(List<AppTemplate> added, List<AppTemplate> removed) {
        static final Marks NONE = new Marks(List.of(), List.of());

        Marks {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }

        boolean isEmpty() {
            return added.isEmpty() && removed.isEmpty();
        }
    }
}
