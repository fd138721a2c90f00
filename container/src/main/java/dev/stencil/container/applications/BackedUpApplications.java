package dev.stencil.container.applications;

import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Vzpackages;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Which applications a container has of which there are only files, as in a backup (spec vzpkg 4.3). Changes none. */
public final class BackedUpApplications {
    private final TemplateArea area;

    public BackedUpApplications(TemplateArea area) {
        this.area = area;
    }

    /**
     * The applications whose packages are all recorded.
     *
     * @param privateArea with {@code templates/vzpackages}; a backup without it has none
     * @param configuration names the OS template; {@code OS_TEMPLATE_UNSET} when it does not
     */
    public List<String> of(Path privateArea, Path configuration) {
        OsTemplate template = area.requireOfAnyArchitecture(osTemplate(configuration));
        Path recorded = privateArea.resolve("templates").resolve("vzpackages");
        if (!Files.isDirectory(privateArea)) {
            throw new StencilException(Fault.FILE_NOT_FOUND, "There is no private area " + privateArea + ".");
        }
        try {
            return new DetectedApplications(area, true)
                    .applications(
                            template,
                            List.of(),
                            Vzpackages.parse(Files.readString(recorded)).packages());
        } catch (NoSuchFileException nothingRecorded) {
            return List.of();
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + recorded + ": " + e.getMessage(), e);
        }
    }

    private static String osTemplate(Path configuration) {
        try {
            return ConfigFile.read(configuration)
                    .nonEmpty("OSTEMPLATE")
                    .orElseThrow(() -> new StencilException(
                            Fault.OS_TEMPLATE_UNSET, "OSTEMPLATE is not set in " + configuration + "."));
        } catch (NoSuchFileException e) {
            throw new StencilException(Fault.FILE_NOT_FOUND, "There is no configuration " + configuration + ".", e);
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + configuration + ": " + e.getMessage(), e);
        }
    }
}
