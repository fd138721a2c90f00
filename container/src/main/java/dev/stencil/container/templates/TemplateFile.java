package dev.stencil.container.templates;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package file that brings templates. One often brings a distribution with all its applications.
 *
 * @param templates at least one
 */
record TemplateFile(Path file, PackageFamily family, List<Brought> templates) {
    private static final Pattern LISTS = Pattern.compile(
            "/([^/]+)/([^/]+)/([^/]+)/config/(?:os/([^/]+)|app/([^/]+)/([^/]+))/packages", Pattern.DOTALL);

    TemplateFile {
        templates = List.copyOf(templates);
    }

    /**
     * A template in it.
     *
     * @param os name of the base OS template
     * @param arch as the directory says, which may be no architecture
     * @param lists its file {@code packages}, as configuration files write paths
     */
    record Brought(String os, String arch, Optional<String> set, Optional<String> application, String lists) {
        /** As messages name it: {@code OST}, or {@code OST APP}. */
        String shown() {
            return application
                    .map(name -> os + " " + name)
                    .orElse(os + set.map(name -> "-" + name).orElse(""));
        }
    }

    /**
     * Looks into {@code file}.
     *
     * @param area the template area as configuration files write it
     * @throws StencilException {@code FILE_NOT_FOUND}, {@code NOT_A_TEMPLATE}
     */
    static TemplateFile read(Path file, String area, ProgramRunner programs) {
        PackageFamily family = PackageFamily.of(file)
                .orElseThrow(() -> notATemplate(file, "its name ends neither in .rpm nor in .deb"));
        Finished contents;
        try {
            contents = programs.run(family.contents(file));
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot look into " + file + ": " + e.getMessage(), e);
        }
        if (!contents.isSuccess()) {
            throw notATemplate(file, contents.stderrEnd().strip());
        }
        List<Brought> found = new ArrayList<>();
        contents.text().lines().forEach(line -> brought(PackageFamily.path(line), area)
                .ifPresent(found::add));
        if (found.isEmpty()) {
            throw notATemplate(file, "it has no file " + area + "/…/config/…/packages");
        }
        return new TemplateFile(file, family, found);
    }

    private static Optional<Brought> brought(String path, String area) {
        if (!path.startsWith(area + "/")) {
            return Optional.empty();
        }
        Matcher parts = LISTS.matcher(path.substring(area.length()));
        if (!parts.matches()) {
            return Optional.empty();
        }
        String os = parts.group(1) + "-" + parts.group(2) + "-" + parts.group(3);
        Optional<String> set = Optional.ofNullable(parts.group(4)).filter(name -> !name.equals("default"));
        Optional<String> application = Optional.ofNullable(parts.group(5))
                .map(name -> parts.group(6).equals("default") ? name : name + "-" + parts.group(6));
        return Optional.of(new Brought(os, parts.group(3), set, application, path));
    }

    private static StencilException notATemplate(Path file, String why) {
        return new StencilException(Fault.NOT_A_TEMPLATE, file + " is not the package of a template: " + why + ".");
    }
}
