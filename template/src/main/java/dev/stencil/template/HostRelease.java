package dev.stencil.template;

import dev.stencil.host.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code os-release} says about this host; see os-release(5). A file that is missing or unreadable says nothing. */
record HostRelease(String id, String codename) {
    static HostRelease read(Path file) {
        if (!Files.isRegularFile(file)) {
            return new HostRelease("", "");
        }
        try {
            ConfigFile release = ConfigFile.read(file);
            return new HostRelease(
                    release.get("ID").orElse(""),
                    release.get("VERSION_CODENAME").orElse(""));
        } catch (IOException unreadable) {
            return new HostRelease("", "");
        }
    }

    boolean isDebian() {
        return id.equals("debian");
    }
}
