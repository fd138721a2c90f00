package dev.stencil.container.engine;

import dev.stencil.linux.oci.OciIsolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The cgroups of one guest. Version 2: {@code stencil/KEY} with its limits, and in it {@code guest}, which the guest's init
 * owns and divides, and {@code exec} for commands run inside. Version 1: {@code stencil/KEY} per controller. Made by us and
 * not by the runtime, which on hosts with both versions cannot.
 */
final class GuestCgroup {
    private static final String PARENT = "stencil";
    private static final int CPU_PERIOD_MICROS = 100_000;

    /** c 1:3 null, 1:5 zero, 1:7 full, 1:8 random, 1:9 urandom, 5:0 tty, 5:1 console, 5:2 ptmx, 136:* pts. */
    private static final List<String> DEVICES = List.of(
            "c *:* m",
            "b *:* m",
            "c 1:3 rwm",
            "c 1:5 rwm",
            "c 1:7 rwm",
            "c 1:8 rwm",
            "c 1:9 rwm",
            "c 5:0 rwm",
            "c 5:1 rwm",
            "c 5:2 rwm",
            "c 136:* rwm");

    private final Cgroups cgroups;
    private final String key;

    GuestCgroup(Cgroups cgroups, String key) {
        this.cgroups = cgroups;
        this.key = key;
    }

    /** What {@code /proc/PID/cgroup} of each process of the guest contains. */
    static String mark(String key) {
        return "/" + PARENT + "/" + key + "/";
    }

    private Path unified() {
        return cgroups.unified().resolve(PARENT).resolve(key);
    }

    /** Where monitors live, out of reach of limits and freezing. */
    Path monitors() {
        return cgroups.unified().resolve(PARENT).resolve("monitors");
    }

    /** Directories whose {@code cgroup.procs} the guest's init joins. */
    List<Path> forInit() {
        return joined("guest");
    }

    /** Directories that a command run inside joins. */
    List<Path> forCommands() {
        return joined("exec");
    }

    private List<Path> joined(String leaf) {
        List<Path> all = new ArrayList<>();
        cgroups.controllers().values().stream()
                .distinct()
                .sorted()
                .forEach(mount -> all.add(mount.resolve(PARENT).resolve(key)));
        all.add(unified().resolve(leaf));
        return all;
    }

    /** All directories, the deepest last, for removal from the end. */
    List<Path> all() {
        List<Path> all = new ArrayList<>(joined("guest"));
        all.removeLast();
        all.add(unified());
        return all;
    }

    /** Makes what is missing; the guest's part belongs to its root, so that its init can divide it. */
    void make(Optional<OciIsolation.Ids> owner) throws IOException {
        Files.createDirectories(monitors());
        Files.createDirectories(unified());
        for (Path parent : List.of(cgroups.unified(), cgroups.unified().resolve(PARENT), unified())) {
            enableControllers(parent);
        }
        Files.createDirectories(unified().resolve("exec"));
        Path guest = Files.createDirectories(unified().resolve("guest"));
        if (owner.isPresent()) {
            for (Path file : delegated(guest)) {
                Files.setAttribute(file, "unix:uid", owner.get().first());
                Files.setAttribute(file, "unix:gid", owner.get().first());
            }
        }
        for (Path mount : cgroups.controllers().values()) {
            Files.createDirectories(mount.resolve(PARENT).resolve(key));
        }
        if (cgroups.controller("cpuset").isPresent()) {
            useAllProcessors(cgroups.controller("cpuset").get());
        }
        if (cgroups.controller("devices").isPresent()) {
            allowDevices(cgroups.controller("devices").get().resolve(PARENT).resolve(key));
        }
    }

    /** Source: {@code cgroup-v2.rst}, "Delegation". */
    private static List<Path> delegated(Path guest) {
        return List.of(
                guest,
                guest.resolve("cgroup.procs"),
                guest.resolve("cgroup.threads"),
                guest.resolve("cgroup.subtree_control"));
    }

    private static void enableControllers(Path directory) throws IOException {
        String available =
                Files.readString(directory.resolve("cgroup.controllers")).strip();
        if (!available.isEmpty()) {
            Cgroups.write(directory.resolve("cgroup.subtree_control"), "+" + available.replace(" ", " +"));
        }
    }

    /** A new cpuset of version 1 is empty, and nothing can join it. */
    private void useAllProcessors(Path mount) throws IOException {
        Path from = mount;
        for (Path directory :
                List.of(mount.resolve(PARENT), mount.resolve(PARENT).resolve(key))) {
            for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
                Cgroups.write(
                        directory.resolve(file),
                        Files.readString(from.resolve(file)).strip());
            }
            from = directory;
        }
    }

    private static void allowDevices(Path directory) throws IOException {
        Cgroups.write(directory.resolve("devices.deny"), "a");
        for (String rule : DEVICES) {
            Cgroups.write(directory.resolve("devices.allow"), rule);
        }
    }

    /** Source of the formulas: spec vzctl 7.1. */
    void limit(GuestLimits limits) throws IOException {
        if (cgroups.hasVersion1()) {
            limitVersion1(limits);
        } else {
            limitVersion2(limits);
        }
    }

    private void limitVersion1(GuestLimits limits) throws IOException {
        if (cgroups.controller("memory").isPresent()) {
            limitMemory(cgroups.controller("memory").get().resolve(PARENT).resolve(key), limits);
        }
        if (cgroups.controller("pids").isPresent()) {
            Path pids = cgroups.controller("pids").get().resolve(PARENT).resolve(key);
            Cgroups.write(pids.resolve("pids.max"), text(limits.processes(), "max"));
        }
        if (cgroups.controller("cpu").isPresent()) {
            Path cpu = cgroups.controller("cpu").get().resolve(PARENT).resolve(key);
            int units = limits.cpu().units().orElse(1000);
            Cgroups.write(cpu.resolve("cpu.shares"), Integer.toString(Math.max(2, units * 1024 / 1000)));
            Cgroups.write(cpu.resolve("cpu.cfs_period_us"), Integer.toString(CPU_PERIOD_MICROS));
            Cgroups.write(cpu.resolve("cpu.cfs_quota_us"), text(quota(limits), "-1"));
        }
        if (cgroups.controller("cpuset").isPresent() && limits.cpu().mask().isPresent()) {
            Path cpuset = cgroups.controller("cpuset").get().resolve(PARENT).resolve(key);
            Cgroups.write(cpuset.resolve("cpuset.cpus"), limits.cpu().mask().get());
        }
    }

    /** The limit of both may never be below that of memory alone, so the order depends on where the values come from. */
    private static void limitMemory(Path directory, GuestLimits limits) throws IOException {
        Path memory = directory.resolve("memory.limit_in_bytes");
        Path both = directory.resolve("memory.memsw.limit_in_bytes");
        String memoryValue = text(limits.memoryBytes(), "-1");
        OptionalLong sum =
                limits.memoryBytes().isPresent() && limits.swapBytes().isPresent()
                        ? OptionalLong.of(limits.memoryBytes().getAsLong()
                                + limits.swapBytes().getAsLong())
                        : OptionalLong.empty();
        if (Files.notExists(both)) {
            Cgroups.write(memory, memoryValue);
            return;
        }
        Cgroups.write(both, "-1");
        Cgroups.write(memory, memoryValue);
        Cgroups.write(both, text(sum, "-1"));
    }

    private void limitVersion2(GuestLimits limits) throws IOException {
        Cgroups.write(unified().resolve("memory.max"), text(limits.memoryBytes(), "max"));
        if (Files.exists(unified().resolve("memory.swap.max"))) {
            Cgroups.write(unified().resolve("memory.swap.max"), text(limits.swapBytes(), "max"));
        }
        Cgroups.write(unified().resolve("pids.max"), text(limits.processes(), "max"));
        int weight = Math.clamp((limits.cpu().units().orElse(1000) + 5) / 10, 1, 10000);
        Cgroups.write(unified().resolve("cpu.weight"), Integer.toString(weight));
        Cgroups.write(unified().resolve("cpu.max"), text(quota(limits), "max") + " " + CPU_PERIOD_MICROS);
        if (Files.exists(unified().resolve("cpuset.cpus"))) {
            Cgroups.write(unified().resolve("cpuset.cpus"), limits.cpu().mask().orElse(""));
        }
    }

    private static OptionalLong quota(GuestLimits limits) {
        var percent = limits.cpu().percent();
        return percent.isPresent() && percent.getAsInt() > 0
                ? OptionalLong.of(Math.max(1000, percent.getAsInt() * 1000L))
                : OptionalLong.empty();
    }

    private static String text(OptionalLong value, String unlimited) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : unlimited;
    }

    void freeze(boolean frozen) throws IOException {
        for (String leaf : List.of("guest", "exec")) {
            Cgroups.write(unified().resolve(leaf).resolve("cgroup.freeze"), frozen ? "1" : "0");
        }
        if (frozen) {
            awaitFrozen(unified().resolve("guest/cgroup.events"));
        }
    }

    /** Processes stop a moment later; one in the middle of a long system call is not waited for. */
    private static void awaitFrozen(Path events) throws IOException {
        for (int tries = 0; tries < 100 && !Files.readString(events).contains("frozen 1"); tries++) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while processes were stopped", e);
            }
        }
    }

    boolean isFrozen() throws IOException {
        Path file = unified().resolve("guest/cgroup.freeze");
        return Files.exists(file) && Files.readString(file).startsWith("1");
    }
}
