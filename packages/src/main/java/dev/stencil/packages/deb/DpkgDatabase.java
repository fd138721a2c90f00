package dev.stencil.packages.deb;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.linux.TreeWriter;
import dev.stencil.linux.TreeWriter.Attributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Writes dpkg's database of a root as dpkg leaves it after {@code --unpack}, so that its own {@code --configure} goes on
 * from there. dpkg rewrites {@code status} in its own order and form when it does. Source: dpkg 1.21, lib/dpkg/dbmodify.c,
 * infodb-format.c.
 */
final class DpkgDatabase {
    private static final String DIRECTORY = "var/lib/dpkg";
    private static final String INFO = DIRECTORY + "/info";

    private final Root root;

    DpkgDatabase(Root root) {
        this.root = root;
    }

    /** An empty database; {@code foreign} are the architectures besides {@code arch} that packages may have. */
    void create(String arch, List<String> foreign) throws IOException {
        for (String folder : List.of(DIRECTORY, INFO, DIRECTORY + "/updates", DIRECTORY + "/triggers")) {
            root.makeDirectories(folder, Mode.DIRECTORY, Owner.ROOT);
        }
        write(INFO + "/format", "1\n");
        write(InstalledRoot.STATUS, "");
        var architectures = new StringBuilder(arch).append('\n');
        foreign.forEach(one -> architectures.append(one).append('\n'));
        write(InstalledRoot.ARCHITECTURES, architectures.toString());
    }

    /** The control files, scripts among them, which preinst scripts of the wave are run from. */
    void writeControlFiles(List<DebPackage> packages, TreeWriter writer) throws IOException {
        for (DebPackage one : packages) {
            for (DebArchive.ControlFile file : one.controlFiles()) {
                writer.file(
                        INFO + "/" + one.infoName() + "." + file.name(),
                        new ByteArrayInputStream(file.content()),
                        file.content().length,
                        new Attributes(0, 0, file.permissions(), file.mtimeSeconds(), 0));
            }
        }
    }

    /** Lists of files and the packages' paragraphs; from now on dpkg knows them as unpacked. */
    void addUnpacked(List<UnpackedPackage> packages, TreeWriter writer) throws IOException {
        Instant now = Instant.now();
        var status = new StringBuilder(root.readText(InstalledRoot.STATUS).orElse(""));
        for (UnpackedPackage one : packages) {
            info(writer, one, "list", String.join("\n", one.paths()) + "\n", now);
            if (!one.md5sums().isEmpty()) {
                info(writer, one, "md5sums", one.md5sums(), now);
            }
            status.append(one.deb().unpackedStatus());
        }
        write(InstalledRoot.STATUS, status.toString());
    }

    private static void info(TreeWriter writer, UnpackedPackage one, String kind, String text, Instant now)
            throws IOException {
        byte[] bytes = dev.stencil.linux.NativeText.bytes(text);
        writer.file(
                INFO + "/" + one.deb().infoName() + "." + kind,
                new ByteArrayInputStream(bytes),
                bytes.length,
                new Attributes(0, 0, 0x1A4, now.getEpochSecond(), now.getNano()));
    }

    /** Marks packages as apt does that came only because others need them; nothing happens in a root without apt. */
    void markAutomatic(List<PackageSet.Member> packages, Set<String> automatic, String nativeArch) throws IOException {
        if (!root.isDirectory("var/lib/apt")) {
            return;
        }
        var text =
                new StringBuilder(root.readText(InstalledRoot.EXTENDED_STATES).orElse(""));
        for (PackageSet.Member one : packages) {
            if (automatic.contains(one.name())) {
                text.append("Package: ").append(one.name());
                text.append("\nArchitecture: ")
                        .append(one.arch().equals("all") ? nativeArch : one.arch())
                        .append("\nAuto-Installed: 1\n\n");
            }
        }
        if (!text.isEmpty()) {
            write(InstalledRoot.EXTENDED_STATES, text.toString());
        }
    }

    private void write(String file, String content) throws IOException {
        root.write(file, content.getBytes(StandardCharsets.UTF_8), Mode.FILE, Owner.ROOT);
    }
}
