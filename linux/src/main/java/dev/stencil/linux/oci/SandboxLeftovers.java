package dev.stencil.linux.oci;

import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What sandboxes of killed processes left in the state directory. Their names hold the number of the process. */
final class SandboxLeftovers {
    static final String PREFIX = "sandbox-";

    private final OciRuntime runtime;
    private final ProgramRunner host;
    private final Path state;

    SandboxLeftovers(OciRuntime runtime, ProgramRunner host, Path state) {
        this.runtime = runtime;
        this.host = host;
        this.state = state;
    }

    /** Where the runtime keeps what it knows of the sandboxes whose bundles lie in {@code state}. */
    static Path runtimeState(Path state) {
        return state.resolve("runtime");
    }

    void remove() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(state, PREFIX + "*")) {
            for (Path entry : entries) {
                if (!isOwnerAlive(entry.getFileName().toString())) {
                    removeOne(entry);
                }
            }
        }
    }

    private void removeOne(Path entry) throws IOException {
        host.run(runtime.command(
                runtimeState(state), "delete", "--force", entry.getFileName().toString()));
        removeBundle(entry);
    }

    private static boolean isOwnerAlive(String id) {
        int end = id.indexOf('-', PREFIX.length());
        try {
            return end > 0
                    && ProcessHandle.of(Long.parseLong(id.substring(PREFIX.length(), end)))
                            .isPresent();
        } catch (NumberFormatException notOurs) {
            return false;
        }
    }

    /** A bundle holds plain files only. */
    static void removeBundle(Path bundle) throws IOException {
        if (!Files.isDirectory(bundle)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(bundle)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(bundle);
    }
}
