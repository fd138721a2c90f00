package dev.stencil.packages.deb;

import dev.stencil.packages.PackageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fetched package with its control archive read.
 *
 * @param archive where the file is
 * @param control its {@code control} paragraph
 * @param controlFiles all others of the control archive
 */
record DebPackage(PackageFile file, Path archive, Paragraph control, List<DebArchive.ControlFile> controlFiles) {
    private static final String REMOVE_ON_UPGRADE = "remove-on-upgrade";

    DebPackage {
        controlFiles = List.copyOf(controlFiles);
    }

    static DebPackage read(PackageFile file, Path archive) throws IOException {
        try (DebArchive deb = DebArchive.open(archive)) {
            List<DebArchive.ControlFile> files = new ArrayList<>(deb.controlFiles());
            DebArchive.ControlFile control = files.stream()
                    .filter(one -> one.name().equals("control"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(archive + ": there is no control file"));
            files.remove(control);
            return new DebPackage(file, archive, paragraph(control, archive), files);
        }
    }

    private static Paragraph paragraph(DebArchive.ControlFile control, Path archive) throws IOException {
        try {
            List<Paragraph> paragraphs = Paragraph.parseAll(control.text());
            if (paragraphs.size() != 1) {
                throw new IOException(archive + ": the control file has " + paragraphs.size() + " paragraphs, not one");
            }
            return paragraphs.getFirst();
        } catch (IllegalArgumentException e) {
            throw new IOException(archive + ": the control file is damaged: " + e.getMessage(), e);
        }
    }

    String name() {
        return file.name().name();
    }

    String arch() {
        return file.name().arch();
    }

    boolean isEssential() {
        return control.isYes("Essential");
    }

    /** First part of the names of its files in {@code info}: with the architecture where several may be installed. */
    String infoName() {
        return control.get("Multi-Arch").filter("same"::equals).isPresent() ? name() + ":" + arch() : name();
    }

    Optional<DebArchive.ControlFile> controlFile(String name) {
        return controlFiles.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    boolean has(String controlFile) {
        return controlFile(controlFile).isPresent();
    }

    /** Configuration files and their flag, empty or {@code remove-on-upgrade}. Source: deb-conffiles(5). */
    Map<String, String> conffiles() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String line : controlFile("conffiles")
                .map(DebArchive.ControlFile::text)
                .orElse("")
                .lines()
                .toList()) {
            String text = line.strip();
            if (text.startsWith(REMOVE_ON_UPGRADE + " ")) {
                files.put(text.substring(REMOVE_ON_UPGRADE.length()).strip(), REMOVE_ON_UPGRADE);
            } else if (text.startsWith("/")) {
                files.put(text, "");
            }
        }
        return files;
    }

    /** Its paragraph of dpkg's {@code status}: files unpacked, scripts not run. */
    String unpackedStatus() {
        var text = new StringBuilder();
        text.append("Package: ").append(name()).append("\nStatus: install ok unpacked\n");
        control.fields().forEach((field, lines) -> {
            if (!field.equals("package") && !field.equals("status") && !field.equals("conffiles")) {
                text.append(lines).append('\n');
            }
        });
        Map<String, String> conffiles = conffiles();
        if (!conffiles.isEmpty()) {
            text.append("Conffiles:\n");
            conffiles.forEach((path, flag) -> text.append(' ')
                    .append(path)
                    .append(" newconffile")
                    .append(flag.isEmpty() ? "" : " " + flag)
                    .append('\n'));
        }
        return text.append('\n').toString();
    }
}
