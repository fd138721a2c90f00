package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.vzpkg.many.ManyPage;
import dev.stencil.cli.vzpkg.many.ManyRun;
import dev.stencil.container.applications.ContainerInventory;
import dev.stencil.container.many.Outcome;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageName;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * {@code vzpkg list} of many containers, whatever their state: their templates, with {@code -p} the number of their
 * packages in the table and the packages in JSON.
 */
final class ManyListing {
    private ManyListing() {}

    static int run(Stencil stencil, Arguments arguments, Output out) {
        if (!arguments.operands().isEmpty()) {
            throw new StencilException(
                    Fault.USAGE, "With --all, --match or --ct no operands are needed: put containers behind --ct.");
        }
        var run = new ManyRun(stencil, arguments, out);
        ContainerInventory inventory = run.services().inventory();
        if (arguments.flag("--packages")) {
            boolean recorded = arguments.flag("--skip-db");
            return run.run(
                    run.containers(false),
                    (container, progress) -> new Outcome.Done<>(packages(inventory, container, recorded)),
                    new Packages());
        }
        return run.run(
                run.containers(false),
                (container, progress) -> new Outcome.Done<>(inventory.templates(container)),
                new Templates());
    }

    private static List<PackageName> packages(ContainerInventory inventory, String container, boolean recorded) {
        return recorded
                ? inventory.recordedPackages(container)
                : inventory.packages(container).stream()
                        .map(installed -> installed.name())
                        .toList();
    }

    /** The templates of each container. */
    private static final class Templates implements ManyPage<List<ContainerInventory.Row>> {
        @Override
        public List<String> headings() {
            return List.of("OS TEMPLATE", "APPLICATIONS");
        }

        @Override
        public List<String> cells(List<ContainerInventory.Row> rows) {
            String os = "-";
            List<String> applications = new ArrayList<>();
            for (ContainerInventory.Row row : rows) {
                switch (row.template()) {
                    case OsTemplate template -> os = template.name();
                    case AppTemplate application -> applications.add(application.name());
                }
            }
            return List.of(os, applications.isEmpty() ? "-" : String.join(",", applications));
        }

        @Override
        public void write(List<ContainerInventory.Row> rows, JsonGenerator json) {
            json.writeArrayPropertyStart("templates");
            for (ContainerInventory.Row row : rows) {
                json.writeStartObject();
                json.writeStringProperty("name", row.template().name());
                json.writeBooleanProperty("os", row.template() instanceof OsTemplate);
                Optional<String> installed = row.installed();
                installed.ifPresent(when -> json.writeStringProperty("installed", when));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    /** The packages of each container. */
    private static final class Packages implements ManyPage<List<PackageName>> {
        @Override
        public List<String> headings() {
            return List.of("PACKAGES");
        }

        @Override
        public List<String> cells(List<PackageName> packages) {
            return List.of(String.valueOf(packages.size()));
        }

        @Override
        public void write(List<PackageName> packages, JsonGenerator json) {
            json.writeArrayPropertyStart("packages");
            for (PackageName one : packages) {
                json.writeStartObject();
                json.writeStringProperty("name", one.name());
                json.writeStringProperty("arch", one.arch());
                json.writeStringProperty("version", one.version());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
