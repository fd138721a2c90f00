package dev.stencil.container.engine;

import dev.stencil.host.HostLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * {@code /run/stencil/guests/ID}: all that is known of a guest that runs. Its monitor removes it when the guest has ended.
 *
 * @param key name of the guest in places that all installations on the host share: cgroups, devices
 */
record GuestDirectory(String id, Path path, String key) {
    private static final String PARENT = "guests";

    static GuestDirectory of(HostLayout layout, String id) {
        String key = layout.isHost() ? id : id + "-" + digest(layout.root().toString());
        return new GuestDirectory(id, layout.run().resolve(PARENT).resolve(id), key);
    }

    static List<GuestDirectory> all(HostLayout layout) throws IOException {
        List<GuestDirectory> all = new ArrayList<>();
        Path parent = layout.run().resolve(PARENT);
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
                for (Path entry : entries) {
                    all.add(of(layout, entry.getFileName().toString()));
                }
            }
        }
        return all;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    /** The guest's first process, if it lives and is not another one that got its number. */
    Optional<Long> initProcess() {
        try {
            String number = Files.readString(processFile()).strip();
            String cgroups = Files.readString(Path.of("/proc", number, "cgroup"));
            boolean isOurs = cgroups.contains(GuestCgroup.mark(key));
            return isOurs ? Optional.of(Long.parseLong(number)) : Optional.empty();
        } catch (IOException | NumberFormatException notRunning) {
            return Optional.empty();
        }
    }

    /** Whether somebody will clean up when the guest has ended. */
    boolean hasMonitor() {
        try {
            String number = Files.readString(monitorFile()).strip();
            return Files.readString(Path.of("/proc", number, "cmdline")).contains("conmon");
        } catch (IOException ended) {
            return false;
        }
    }

    /** Number of the first process, written by the runtime. */
    Path processFile() {
        return path.resolve("pid");
    }

    /** Number of the monitor's process. */
    Path monitorFile() {
        return path.resolve("monitor");
    }

    /** {@code KEY=value} lines about the guest. */
    Path facts() {
        return path.resolve("guest");
    }

    /** Keeps the user namespace alive. */
    Path userNamespace() {
        return path.resolve("user");
    }

    /** Keeps the network namespace alive. */
    Path networkNamespace() {
        return path.resolve("net");
    }

    /** What the guest sees at {@code /run/host}. */
    Path hostFolder() {
        return path.resolve("host");
    }

    /** While this exists the guest is not started again when it ends. */
    Path stopMark() {
        return path.resolve("stopping");
    }

    /** What went wrong, said by runtime and monitor. */
    Path errors() {
        return path.resolve("errors");
    }

    /** What the guest's init wrote to standard output and error. */
    Path console() {
        return path.resolve("console.log");
    }

    Path launchScript() {
        return path.resolve("launch");
    }

    Path endScript() {
        return path.resolve("ended");
    }
}
