package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageGroup;
import dev.stencil.template.OsTemplate;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Groups of packages: {@code list -g} and {@code info -g} (spec vzpkg 4.4 and 4.5). */
final class GroupPage {
    private final Stencil stencil;

    GroupPage(Stencil stencil) {
        this.stencil = stencil;
    }

    /** Names of the groups that each operand offers, if it is a template, or has, if it is a container. */
    void list(Arguments arguments, Output out) {
        if (arguments.operands().isEmpty()) {
            throw new StencilException(Fault.USAGE, "Name an OS template or a container.");
        }
        var lists = new ListsByOperand<PackageGroup>();
        for (String name : arguments.names()) {
            String stage = stencil.hasContainer(name) ? "Getting Container package groups" : "Getting template groups";
            List<PackageGroup> groups = out.queried(stage, () -> groups(name, arguments, out));
            if (out.isJson()) {
                lists.add(name, groups);
            } else {
                groups.forEach(group -> out.line(group.name()));
            }
        }
        if (out.isJson()) {
            lists.write(out, GroupPage::write);
        }
    }

    /** What is known about the group of that name. */
    void show(String wanted, String owner, Arguments arguments, Output out) {
        if (owner.isEmpty()) {
            throw new StencilException(
                    Fault.BAD_VALUE, "Say with -F which OS template or container the group belongs to.");
        }
        PackageGroup group =
                out.queried("Getting package group information", () -> groups(owner, arguments, out)).stream()
                        .filter(one -> one.isNamed(wanted))
                        .findFirst()
                        .orElseThrow(() -> new StencilException(
                                Fault.PACKAGE_MANAGER,
                                "There is no group \"" + wanted + "\". See which there are with: vzpkg list -g "
                                        + owner));
        if (out.isJson()) {
            out.json(json -> write(List.of(group), json));
            return;
        }
        out.line("Group: " + group.name());
        out.line(" Id: " + group.id());
        if (!group.description().isEmpty()) {
            out.line(" Description: " + group.description());
        }
        section("Mandatory Packages", group.mandatory(), out);
        section("Default Packages", group.defaults(), out);
        section("Optional Packages", group.optional(), out);
    }

    private static void section(String title, List<String> names, Output out) {
        if (!names.isEmpty()) {
            out.line(" " + title + ":");
            names.forEach(name -> out.line("   " + name));
        }
    }

    private List<PackageGroup> groups(String name, Arguments arguments, Output out) {
        Freshness freshness =
                switch (arguments.lastOf("--cache", "--remote").orElse("")) {
                    case "--cache" -> Freshness.LOCAL_ONLY;
                    case "--remote" -> Freshness.ALWAYS;
                    default -> Freshness.WHEN_EXPIRED;
                };
        if (stencil.hasContainer(name)) {
            return stencil.containerPackages(false, out::uninterrupted)
                    .inventory()
                    .groups(name, freshness, out.progress());
        }
        OsTemplate template = stencil.templates().requireOfAnyArchitecture(name);
        return stencil.templatePackages()
                .groups(template, stencil.templates().applications(template), freshness, out.progress());
    }

    private static void write(List<PackageGroup> groups, JsonGenerator json) {
        json.writeStartArray();
        for (PackageGroup group : groups) {
            json.writeStartObject();
            json.writeStringProperty("id", group.id());
            json.writeStringProperty("name", group.name());
            json.writeStringProperty("description", group.description());
            names("mandatory", group.mandatory(), json);
            names("default", group.defaults(), json);
            names("optional", group.optional(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void names(String key, List<String> names, JsonGenerator json) {
        json.writeArrayPropertyStart(key);
        names.forEach(json::writeString);
        json.writeEndArray();
    }
}
