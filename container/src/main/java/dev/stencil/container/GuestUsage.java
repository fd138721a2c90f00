package dev.stencil.container;

import dev.stencil.container.engine.RunningGuest;
import dev.stencil.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a running guest uses, read from its control groups; version 1, version 2 or both ({@code cgroups(7)}). A value that
 * the kernel does not count is absent.
 */
public final class GuestUsage {
    /** The guest's own group, whatever its init has divided it into: {@code /stencil/KEY}. */
    private static final String PARENT = "/stencil/";

    private final RunningGuest guest;

    public GuestUsage(RunningGuest guest) {
        this.guest = guest;
    }

    /** Processes and threads. */
    public OptionalLong processes() {
        return read("pids", "pids.current", "pids.current");
    }

    public OptionalLong memoryBytes() {
        return read("memory", "memory.usage_in_bytes", "memory.current");
    }

    public OptionalLong swapBytes() {
        OptionalLong both = read("memory", "memory.memsw.usage_in_bytes", "memory.swap.current");
        OptionalLong memory = read("memory", "memory.usage_in_bytes", "memory.swap.current");
        // Version 1 counts memory and swap together; version 2 answers the same file twice.
        return both.isPresent() && memory.isPresent() && both.getAsLong() != memory.getAsLong()
                ? OptionalLong.of(Math.max(0, both.getAsLong() - memory.getAsLong()))
                : read("", "", "memory.swap.current");
    }

    private OptionalLong read(String controller, String fileOfVersion1, String fileOfVersion2) {
        try {
            OptionalLong unified = OptionalLong.empty();
            for (String line : Files.readAllLines(Path.of("/proc/" + guest.initProcess() + "/cgroup"))) {
                String[] parts = line.split(":", 3);
                if (List.of(parts[1].split(",")).contains(controller) && !controller.isEmpty()) {
                    return number(mountOfVersion1(controller) + group(parts[2]) + "/" + fileOfVersion1);
                }
                if (parts[0].equals("0")) {
                    unified = number(mountOfVersion2() + group(parts[2]) + "/" + fileOfVersion2);
                }
            }
            return unified;
        } catch (IOException itEndedMeanwhile) {
            return OptionalLong.empty();
        }
    }

    private static String group(String path) {
        int at = path.indexOf(PARENT);
        int end = at < 0 ? -1 : path.indexOf('/', at + PARENT.length());
        return end < 0 ? path : path.substring(0, end);
    }

    private static OptionalLong number(String file) throws IOException {
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            return OptionalLong.empty();
        }
        String text = Files.readString(path).strip();
        return text.isEmpty() || !text.chars().allMatch(Character::isDigit)
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(text));
    }

    /** Where every distribution mounts it, else what the mount table says, which is long on a host of many containers. */
    private static String mountOfVersion1(String controller) throws IOException {
        String usual = "/sys/fs/cgroup/" + controller;
        if (Files.isDirectory(Path.of(usual))) {
            return usual;
        }
        for (Mounts.Mount mount : Mounts.current()) {
            if (mount.type().equals("cgroup")
                    && List.of(mount.target().getFileName().toString().split(","))
                            .contains(controller)) {
                return mount.target().toString();
            }
        }
        return usual;
    }

    private static String mountOfVersion2() throws IOException {
        if (Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))) {
            return "/sys/fs/cgroup";
        }
        for (Mounts.Mount mount : Mounts.current()) {
            if (mount.type().equals("cgroup2")) {
                return mount.target().toString();
            }
        }
        return "/sys/fs/cgroup";
    }
}
