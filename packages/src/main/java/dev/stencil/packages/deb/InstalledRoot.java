package dev.stencil.packages.deb;

import dev.stencil.linux.Root;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** dpkg's database of a root, read and never written. Source: dpkg(1), deb-substvars(5); policy on fields 5.3. */
record InstalledRoot(String status, List<String> foreignArchitectures, String extendedStates) {
    static final String STATUS = "var/lib/dpkg/status";
    static final String ARCHITECTURES = "var/lib/dpkg/arch";
    static final String EXTENDED_STATES = "var/lib/apt/extended_states";

    InstalledRoot {
        foreignArchitectures = List.copyOf(foreignArchitectures);
    }

    static InstalledRoot read(Path path) throws IOException {
        try (Root root = Root.open(path)) {
            return new InstalledRoot(
                    root.readText(STATUS).orElse(""),
                    root.readText(ARCHITECTURES)
                            .orElse("")
                            .lines()
                            .map(String::strip)
                            .toList(),
                    root.readText(EXTENDED_STATES).orElse(""));
        }
    }

    /**
     * Paragraphs of packages whose files are there, in the database's order: installed, or left half-way by a script that
     * failed. Those of which only configuration remains are not among them. Source: dpkg(1), "Package states".
     */
    List<Paragraph> installedParagraphs() {
        return Paragraph.parseAll(status).stream()
                .filter(paragraph -> hasFiles(paragraph.get("Status").orElse("")))
                .toList();
    }

    private static boolean hasFiles(String status) {
        String state = status.substring(status.lastIndexOf(' ') + 1);
        return switch (state) {
            case "installed", "triggers-pending", "triggers-awaited", "half-configured", "unpacked" -> true;
            default -> false;
        };
    }

    /** Packages that are installed, in the database's order. */
    List<InstalledPackage> packages() {
        List<InstalledPackage> packages = new ArrayList<>();
        for (Paragraph paragraph : installedParagraphs()) {
            packages.add(new InstalledPackage(nameOf(paragraph), summaryOf(paragraph)));
        }
        return packages;
    }

    static PackageName nameOf(Paragraph paragraph) {
        return new PackageName(
                paragraph.require("Package"),
                paragraph.require("Version"),
                paragraph.get("Architecture").orElse(""));
    }

    static String summaryOf(Paragraph paragraph) {
        return paragraph.get("Description").orElse("").lines().findFirst().orElse("");
    }
}
