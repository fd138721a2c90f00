package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.host.Fault;
import dev.stencil.host.NearNames;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.template.OsTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code info -p}: a package of an OS template's repositories or of a container (spec vzpkg 4.5). As in the original, the
 * whole version of a Debian package is its {@code version} and there is no {@code release}; long descriptions are not read.
 */
final class PackageFields {
    private static final FieldPage<InstalledPackage> PAGE = new FieldPage<>(List.of(
            Field.one("name", one -> one.name().name()),
            Field.one("version", one -> one.name().version()),
            Field.maybe("release", one -> Optional.empty()),
            Field.one("arch", one -> one.name().arch()),
            Field.maybe("summary", one -> Optional.of(one.summary()).filter(text -> !text.isEmpty())),
            Field.many("description", one -> List.of())));

    private final Stencil stencil;

    PackageFields(Stencil stencil) {
        this.stencil = stencil;
    }

    /** Prints every package called {@code name}, one after the other. */
    void print(String name, List<String> fields, String subject, Arguments arguments, Output out) {
        PAGE.chosen(fields);
        List<InstalledPackage> all =
                out.queried("Getting package information", () -> all(subject, freshness(arguments), out));
        List<InstalledPackage> found = new ArrayList<>();
        for (InstalledPackage candidate : all) {
            if (candidate.name().name().equals(name)) {
                found.add(candidate);
            }
        }
        if (found.isEmpty()) {
            throw absent(name, all, subject);
        }
        PAGE.printAll(found, fields, out);
    }

    private static StencilException absent(String name, List<InstalledPackage> all, String subject) {
        List<String> names =
                all.stream().map(one -> one.name().name()).distinct().sorted().toList();
        return new StencilException(
                Fault.PACKAGE_MANAGER,
                "There is no package " + name + "." + NearNames.suggestion(name, names, "vzpkg list -p " + subject));
    }

    private List<InstalledPackage> all(String subject, Freshness freshness, Output out) {
        Optional<OsTemplate> template = stencil.templates().find(subject);
        if (template.isEmpty() && stencil.hasContainer(subject)) {
            return stencil.containerPackages(false, out::uninterrupted)
                    .inventory()
                    .packages(subject);
        }
        OsTemplate os = stencil.templates().requireOfAnyArchitecture(subject);
        return stencil.templatePackages()
                .offered(os, stencil.templates().applications(os), freshness, true, out.progress());
    }

    private static Freshness freshness(Arguments arguments) {
        return switch (arguments.lastOf("--cache", "--remote").orElse("")) {
            case "--cache" -> Freshness.LOCAL_ONLY;
            case "--remote" -> Freshness.ALWAYS;
            default -> Freshness.WHEN_EXPIRED;
        };
    }
}
