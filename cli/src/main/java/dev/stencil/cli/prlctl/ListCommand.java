package dev.stencil.cli.prlctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzlist.Field;
import dev.stencil.cli.vzlist.Fields;
import dev.stencil.cli.vzlist.ListTable;
import dev.stencil.cli.vzlist.Value;
import dev.stencil.container.ListedContainer;
import dev.stencil.container.config.ContainerId;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code prlctl list}; columns: spec vzctl 3.17. */
final class ListCommand implements Command {
    private static final List<String> DEFAULT = List.of("uuid", "status", "ip_configured", "type", "name");

    private final Stencil stencil;

    ListCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "List containers; without options those that run.",
                Syntax.flag("-a --all", "All containers."),
                Syntax.flag("-S --stopped", "Stopped containers only."),
                Syntax.flag("-n --name", "Sorted and shown by name only."),
                Syntax.flag("-H --no-header", "No header."),
                Syntax.flag("-j --json", "As JSON."),
                Syntax.flag("-L", "The names of all fields."),
                Syntax.value("-o --output", "FIELD[,FIELD…]", "Columns to show."),
                Syntax.value("-s --sort", "[-]FIELD", "Sort by a field, downwards with a minus."),
                Syntax.ignoredValue("--vmtype"),
                Syntax.operands("CTID|NAME", "0..*", "Containers to list, whatever their state."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<Field> all = fields();
        if (arguments.flag("-L")) {
            all.forEach(field -> out.line(field.name()));
            return 0;
        }
        List<Field> columns = new ArrayList<>();
        List<String> names = arguments.value("-o").map(ConfigFile::split).orElse(DEFAULT);
        names.forEach(name -> columns.add(require(all, name)));
        List<ListedContainer> containers = chosen(arguments);
        String sort = arguments.value("-s").orElse("name");
        boolean downwards = sort.startsWith("-");
        Field by = require(all, downwards ? sort.substring(1) : sort);
        Comparator<ListedContainer> order =
                Comparator.comparing(listed -> by.value().apply(listed).shown());
        containers.sort(downwards ? order.reversed() : order);
        var table = new ListTable(columns);
        if (arguments.flag("-j")) {
            table.json(containers, out);
        } else {
            table.print(containers, !arguments.flag("-H"), out);
        }
        return 0;
    }

    private List<ListedContainer> chosen(Arguments arguments) {
        List<String> named = arguments.operands();
        List<ContainerId> ids = new ArrayList<>();
        named.forEach(name -> ids.add(stencil.configs().resolve(name)));
        List<ListedContainer> found = named.isEmpty()
                ? stencil.containerListing().all()
                : stencil.containerListing().of(ids);
        List<ListedContainer> chosen = new ArrayList<>();
        for (ListedContainer listed : found) {
            boolean up = listed.status().isUp();
            boolean wanted = arguments.flag("-S") ? !up : arguments.flag("-a") || up;
            if (wanted || !named.isEmpty()) {
                chosen.add(listed);
            }
        }
        return chosen;
    }

    private static Field require(List<Field> all, String name) {
        for (Field field : all) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        throw new StencilException(Fault.BAD_VALUE, "Unknown field: " + name + ". See prlctl list -L.");
    }

    private static List<Field> fields() {
        var vzlist = new Fields();
        List<Field> fields = new ArrayList<>();
        for (String name : List.of("uuid", "id", "ctid", "veid")) {
            fields.add(new Field(name, "UUID", -39, ListCommand::id));
        }
        fields.add(new Field(
                "envid",
                "ENVID",
                -10,
                listed -> new Value.Count(listed.container().id().internal())));
        fields.add(new Field("home", "HOME", -32, vzlist.require("private").value()));
        fields.add(new Field("private", "HOME", -32, vzlist.require("private").value()));
        fields.add(new Field("type", "T", -2, listed -> new Value.Text("CT")));
        fields.add(new Field("name", "NAME", -32, vzlist.require("name").value()));
        fields.add(new Field("status", "STATUS", -12, vzlist.require("status").value()));
        fields.add(new Field("dist", "DIST", -15, vzlist.require("distribution").value()));
        fields.add(new Field("ip", "IP_ADDR", -15, vzlist.require("ip").value()));
        fields.add(new Field(
                "ip_configured", "IP_ADDR", -15, vzlist.require("configured_ip").value()));
        fields.add(new Field("numproc", "NPROC", 6, vzlist.require("numproc").value()));
        for (String same : List.of("description", "hostname", "ostemplate", "features", "iolimit", "netif", "mac")) {
            fields.add(vzlist.require(same));
        }
        return fields;
    }

    private static Value id(ListedContainer listed) {
        String uuid = Optional.of(listed.container().config().uuid())
                .filter(text -> !text.isEmpty())
                .orElse(listed.container().id().text());
        return new Value.Text("{" + uuid + "}");
    }
}
