package dev.stencil.cli.vzpkg.listing;

import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Redaction;
import dev.stencil.host.StencilException;
import dev.stencil.image.GenerationStore;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.RepositoryKind;
import dev.stencil.template.Template;
import dev.stencil.template.UrlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The fields of templates (spec vzpkg 4.5). Unlike the original, {@code distribution}, {@code osrelease} and {@code jquota}
 * do not share one slot.
 */
final class TemplateFields {
    private static final List<String> TECHNOLOGY_ORDER = List.of("x86", "x86_64", "ia64", "nptl", "sysfs", "slm");

    private final HostLayout layout;
    private final GenerationStore caches;
    private final Supplier<UrlMap> urlMap;
    private final String dot;

    /** {@code dot} goes before names: {@code .} for full identifiers, else empty. */
    TemplateFields(HostLayout layout, GenerationStore caches, Supplier<UrlMap> urlMap, String dot) {
        this.layout = layout;
        this.caches = caches;
        this.urlMap = urlMap;
        this.dot = dot;
    }

    FieldPage<OsTemplate> os() {
        return new FieldPage<>(List.of(
                Field.one("name", template -> dot + template.name()),
                Field.one("osname", template -> template.coordinates().osName()),
                Field.one("version", template -> template.coordinates().osVersion()),
                Field.one("arch", template -> template.arch().templateName()),
                Field.one("config_path", template -> shown(template.configDirectory())),
                Field.maybe("summary", OsTemplate::summary),
                Field.many("description", OsTemplate::description),
                Field.many("packages_0", OsTemplate::ownStage0),
                Field.many("packages_1", OsTemplate::ownStage1),
                Field.many("packages", OsTemplate::packages),
                Field.many("repositories", this::repositories),
                Field.many("mirrorlist", this::mirrorLists),
                Field.one("package_manager", OsTemplate::packageManager),
                Field.one("package_manager_type", template -> template.packageManagerType()
                        .printed()),
                Field.maybe("distribution", OsTemplate::distribution),
                Field.words("technologies", TemplateFields::technologies),
                Field.many("environment", OsTemplate::ownEnvironment),
                Field.many("upgradable_versions", OsTemplate::upgradableVersions),
                Field.one(
                        "cached",
                        template -> yesNo(caches.builtAt(template.name()).isPresent())),
                Field.maybe("osrelease", OsTemplate::osRelease),
                Field.one("jquota", template -> yesNo(hasJournaledQuota(template))),
                Field.many("release", template -> List.of())));
    }

    FieldPage<AppTemplate> application() {
        return new FieldPage<>(List.of(
                Field.one("name", template -> dot + template.name()),
                Field.one("config_path", template -> shown(template.configDirectory())),
                Field.maybe("summary", AppTemplate::summary),
                Field.many("description", AppTemplate::description),
                Field.many("packages", AppTemplate::packages),
                Field.many("repositories", this::repositories),
                Field.many("mirrorlist", this::mirrorLists),
                Field.one("package_manager_type", template -> template.packageManagerType()
                        .printed())));
    }

    private String shown(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    private List<String> repositories(Template template) {
        return expanded(template, RepositoryKind.REPOSITORY, RepositoryKind.ZYPP_REPOSITORY);
    }

    private List<String> mirrorLists(Template template) {
        return expanded(template, RepositoryKind.MIRROR_LIST);
    }

    private List<String> expanded(Template template, RepositoryKind... kinds) {
        List<String> records = new ArrayList<>();
        for (RepositoryKind kind : kinds) {
            for (String record : template.ownRecords(kind)) {
                records.add(Redaction.of(urlMap.get().expandLeniently(record)));
            }
        }
        return records;
    }

    private static List<String> technologies(OsTemplate template) {
        List<String> words = template.technologies();
        List<String> ordered = new ArrayList<>();
        for (String known : TECHNOLOGY_ORDER) {
            if (words.contains(known)) {
                ordered.add(known);
            }
        }
        for (String word : words) {
            if (!ordered.contains(word)) {
                ordered.add(word);
            }
        }
        return ordered;
    }

    /** Computed, not a file: whether {@code nojquota.conf} leaves {@code osname-osver} out (spec vzpkg 2.4). */
    private boolean hasJournaledQuota(OsTemplate template) {
        Path file = layout.nojquotaConf();
        String name =
                template.coordinates().osName() + "-" + template.coordinates().osVersion();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.strip().equals(name)) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException e) {
            throw new StencilException(Fault.FILE_NOT_FOUND, file + " is missing. Create it; it may be empty.", e);
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }
}
