package dev.stencil.linux.oci;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** A root with a shell and a few tools, copied from the host with the libraries they need. */
final class TinyRoot {
    private static final List<String> TOOLS = List.of(
            "cat", "chroot", "date", "env", "head", "ln", "mknod", "mount", "sh", "sleep", "stat", "sync", "touch",
            "true", "unshare");

    private TinyRoot() {}

    static Path make(Path root) throws IOException {
        for (String folder : List.of("usr/bin", "usr/sbin", "usr/lib", "usr/lib64", "etc", "tmp", "mnt")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String link : List.of("bin", "sbin", "lib", "lib64")) {
            Files.createSymbolicLink(root.resolve(link), Path.of("usr/" + link));
        }
        var libraries = new TreeSet<String>();
        for (String tool : TOOLS) {
            Path program = HostPrograms.find(tool).orElseThrow();
            Files.copy(
                    program.toRealPath(),
                    root.resolve(tool.equals("chroot") ? "usr/sbin" : "usr/bin").resolve(tool));
            for (String word : new HostPrograms()
                    .run(Program.of("ldd", program.toString()))
                    .text()
                    .split("\\s+")) {
                if (word.startsWith("/")) {
                    libraries.add(word);
                }
            }
        }
        for (String library : libraries) {
            String merged = library.startsWith("/usr/") ? library.substring(1) : "usr" + library;
            Files.createDirectories(root.resolve(merged).getParent());
            Files.copy(Path.of(library).toRealPath(), root.resolve(merged));
        }
        return root;
    }
}
