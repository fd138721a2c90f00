package dev.stencil.cli.vzpkg.listing;

import dev.stencil.container.applications.ContainerInventory;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the rows of one container: its OS template, then its applications in their order (spec vzpkg 4.4). */
final class ContainerRows {
    private final ContainerInventory inventory;
    private final TemplateRows.Filter filter;

    ContainerRows(ContainerInventory inventory, TemplateRows.Filter filter) {
        this.inventory = inventory;
        this.filter = filter;
    }

    List<Row> of(String container) {
        List<Row> rows = new ArrayList<>();
        String os = "";
        for (ContainerInventory.Row found : inventory.templates(container)) {
            String when = filter.times() ? found.installed().orElse("") : "";
            Optional<String> summary = filter.summaryOf(found.template());
            switch (found.template()) {
                case OsTemplate template -> {
                    os = template.name();
                    if (filter.os()) {
                        rows.add(new Row(os, Optional.empty(), when, summary));
                    }
                }
                case AppTemplate application -> {
                    if (filter.applications()) {
                        rows.add(new Row(os, Optional.of(application.name()), when, summary));
                    }
                }
            }
        }
        return rows;
    }

    /** Applications that the area has for the container's OS template and the container has not. */
    List<Row> availableIn(String container, TemplateArea area) {
        List<ContainerInventory.Row> present = inventory.templates(container);
        Set<String> installed = new HashSet<>();
        present.forEach(row -> installed.add(row.template().name()));
        List<Row> rows = new ArrayList<>();
        for (ContainerInventory.Row row : present) {
            if (row.template() instanceof OsTemplate os && filter.applications()) {
                for (AppTemplate application : area.applications(os)) {
                    if (!installed.contains(application.name())) {
                        rows.add(
                                new Row(os.name(), Optional.of(application.name()), "", filter.summaryOf(application)));
                    }
                }
            }
        }
        return rows;
    }
}
