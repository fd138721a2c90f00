package dev.stencil.container.templates;

import dev.stencil.container.config.ContainerConfig;
import dev.stencil.container.config.ContainerConfigs;
import dev.stencil.container.config.ContainerId;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which containers of this host are made of a template, as their configurations say. */
final class TemplateUse {
    private final ContainerConfigs configs;
    private final TemplateArea area;

    TemplateUse(ContainerConfigs configs, TemplateArea area) {
        this.configs = configs;
        this.area = area;
    }

    /** Containers of {@code template}; those of any of its sets too when it is a base. */
    List<String> of(OsTemplate template) {
        List<String> users = new ArrayList<>();
        for (ContainerId id : configs.ids()) {
            Optional<OsTemplate> theirs = configs.find(id).flatMap(this::templateOf);
            boolean isUser = theirs.filter(one -> template.isBase()
                            ? one.baseDirectory().equals(template.baseDirectory())
                            : one.name().equals(template.name()))
                    .isPresent();
            if (isUser) {
                users.add(id.text());
            }
        }
        return users;
    }

    /** Containers that have {@code application}. */
    List<String> of(AppTemplate application) {
        List<String> users = new ArrayList<>();
        for (ContainerId id : configs.ids()) {
            Optional<ContainerConfig> config = configs.find(id);
            if (config.isPresent()
                    && has(config.get(), application.name())
                    && templateOf(config.get())
                            .filter(one -> one.baseDirectory().equals(application.baseDirectory()))
                            .isPresent()) {
                users.add(id.text());
            }
        }
        return users;
    }

    /** Names stand there with a dot in front, or without. */
    private static boolean has(ContainerConfig config, String application) {
        return config.applications().contains(application)
                || config.applications().contains("." + application);
    }

    private Optional<OsTemplate> templateOf(ContainerConfig config) {
        return config.osTemplate().flatMap(area::find);
    }
}
