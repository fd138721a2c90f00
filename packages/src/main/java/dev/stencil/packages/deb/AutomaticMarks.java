package dev.stencil.packages.deb;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells the apt of a root in use which packages came only because others need them, so that its {@code autoremove} may
 * take them away again. Nothing happens in a root without apt. Source: apt-mark(8).
 */
final class AutomaticMarks {
    private AutomaticMarks() {}

    static void add(Root root, Owner owner, Resolution plan) throws IOException {
        if (!root.isDirectory("var/lib/apt")) {
            return;
        }
        String before = root.readText(InstalledRoot.EXTENDED_STATES).orElse("");
        String after = merge(before, plan);
        if (!after.equals(before)) {
            root.write(InstalledRoot.EXTENDED_STATES, after, Mode.FILE, owner);
        }
    }

    /** {@code states} with a paragraph for each automatic newcomer; an upgrade changes no mark. */
    static String merge(String states, Resolution plan) {
        Set<String> known = new HashSet<>();
        for (Paragraph paragraph : Paragraph.parseAll(states)) {
            paragraph.get("Package").ifPresent(known::add);
        }
        for (PackageName old : plan.replaced()) {
            known.add(old.name());
        }
        var text = new StringBuilder(states);
        for (PackageFile file : plan.install()) {
            PackageName name = file.name();
            if (plan.automatic().contains(name.name()) && known.add(name.name())) {
                text.append("Package: ").append(name.name());
                text.append("\nArchitecture: ").append(name.arch()).append("\nAuto-Installed: 1\n\n");
            }
        }
        return text.toString();
    }
}
