package dev.stencil.cli.vzlist;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.ListedContainer;
import dev.stencil.container.config.ContainerConfigs;
import dev.stencil.container.config.ContainerId;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzlist}; spec vzctl 3.16. */
final class ListCommand implements Command {
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
                Syntax.flag("-n --name", "The name in place of the host name."),
                Syntax.flag("-H --no-header", "No header."),
                Syntax.flag("-j --json", "As JSON."),
                Syntax.flag("-1", "Ids only, without header."),
                Syntax.flag("-L --list", "The names of all fields."),
                Syntax.value("-o --output", "FIELD[,FIELD…]", "Columns to show."),
                Syntax.value("-s --sort", "[-]FIELD", "Sort by a field, downwards with a minus."),
                Syntax.value("-N --name_filter", "PATTERN", "Names that match a shell pattern."),
                Syntax.value("-h --hostname", "PATTERN", "Host names that match a shell pattern."),
                Syntax.value("-d --description", "PATTERN", "Descriptions that match a shell pattern."),
                Syntax.flag("-c", "The columns of old versions: status, address, name."),
                Syntax.ignored("-w --skipowner"),
                Syntax.operands("CTID", "0..*", "Containers to list, whatever their state."));
    }

    @Override
    public boolean isCompleteAlone() {
        return true;
    }

    @Override
    public int run(Arguments arguments, Output out) {
        var fields = new Fields();
        if (arguments.flag("-L")) {
            fields.all()
                    .forEach(field -> out.line(field.name()
                            + " ".repeat(Math.max(1, 16 - field.name().length()))
                            + field.header()));
            return 0;
        }
        var table = new ListTable(fields.require(columns(arguments)));
        List<ListedContainer> containers = chosen(arguments);
        arguments.value("-s").ifPresent(sort -> sort(containers, sort, fields));
        if (arguments.flag("-j")) {
            table.json(containers, out);
        } else {
            boolean hasHeader = !arguments.flag("-H") && !arguments.flag("-1");
            table.print(containers, hasHeader, out);
        }
        return 0;
    }

    private static List<String> columns(Arguments arguments) {
        Optional<String> named = arguments.value("-o");
        if (arguments.flag("-1")) {
            return List.of("ctid");
        }
        if (named.isPresent()) {
            return ConfigFile.split(named.get());
        }
        if (arguments.flag("-j")) {
            return Fields.jsonDefault();
        }
        if (arguments.flag("-c")) {
            return List.of("status", "configured_ip", "smart_name");
        }
        return arguments.flag("-n") ? Fields.WITH_NAME : Fields.DEFAULT;
    }

    private List<ListedContainer> chosen(Arguments arguments) {
        var selection = new Selection(arguments);
        List<String> named = arguments.operands();
        List<ListedContainer> found = named.isEmpty()
                ? stencil.containerListing().all()
                : stencil.containerListing().of(ids(named));
        if (found.size() < named.size()) {
            throw new StencilException(
                    Fault.CONTAINER_ABSENT, "Container is not found. See vzlist -a for all there are.");
        }
        List<ListedContainer> chosen = new ArrayList<>();
        for (ListedContainer container : found) {
            if (selection.includes(container, !named.isEmpty())) {
                chosen.add(container);
            }
        }
        return chosen;
    }

    private List<ContainerId> ids(List<String> named) {
        ContainerConfigs configs = stencil.configs();
        List<ContainerId> ids = new ArrayList<>();
        for (String name : named) {
            ids.add(configs.names().find(name).orElseGet(() -> ContainerId.parse(name)));
        }
        ids.sort(null);
        return ids;
    }

    private static void sort(List<ListedContainer> containers, String sort, Fields fields) {
        boolean downwards = sort.startsWith("-");
        Field field = fields.require(downwards ? sort.substring(1) : sort);
        Comparator<ListedContainer> order = (a, b) -> compare(field, a, b);
        containers.sort(downwards ? order.reversed() : order);
    }

    private static int compare(Field field, ListedContainer a, ListedContainer b) {
        if (field.header().equals("CTID")) {
            return a.container().id().compareTo(b.container().id());
        }
        Value left = field.value().apply(a);
        Value right = field.value().apply(b);
        if (left instanceof Value.Count(long x) && right instanceof Value.Count(long y)) {
            return Long.compare(x, y);
        }
        return left.shown().compareTo(right.shown());
    }
}
