package dev.stencil.container.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for which limits, in directories that stand in for the hierarchies (spec vzctl 7.1). */
class GuestCgroupTest {
    private static final GuestLimits SOME = new GuestLimits(
            OptionalLong.of(1 << 30),
            OptionalLong.of(1 << 20),
            OptionalLong.of(500),
            new GuestLimits.Cpu(OptionalInt.of(2000), OptionalInt.of(150), Optional.of("0-1")));

    @TempDir
    Path mount;

    @Test
    void version2_limitsAreThoseOfTheSpecification() throws IOException {
        var cgroup = unified();

        cgroup.limit(SOME);

        assertThat(value("stencil/101/memory.max")).isEqualTo("1073741824");
        assertThat(value("stencil/101/memory.swap.max")).isEqualTo("1048576");
        assertThat(value("stencil/101/pids.max")).isEqualTo("500");
        assertThat(value("stencil/101/cpu.weight")).isEqualTo("200");
        assertThat(value("stencil/101/cpu.max")).isEqualTo("150000 100000");
        assertThat(value("stencil/101/cpuset.cpus")).isEqualTo("0-1");
    }

    @Test
    void version2_noLimitsMeansTheKernelsDefaults() throws IOException {
        var cgroup = unified();

        cgroup.limit(GuestLimits.NONE);

        assertThat(value("stencil/101/memory.max")).isEqualTo("max");
        assertThat(value("stencil/101/cpu.weight")).isEqualTo("100");
        assertThat(value("stencil/101/cpu.max")).isEqualTo("max 100000");
        assertThat(value("stencil/101/cpuset.cpus")).isEmpty();
    }

    @Test
    void version2_controllersAreHandedDownToTheGuest() throws IOException {
        var cgroup = unified();
        Files.writeString(mount.resolve("cgroup.controllers"), "cpu memory pids\n");

        cgroup.make(Optional.empty());

        assertThat(value("cgroup.subtree_control")).isEqualTo("+cpu +memory +pids");
        assertThat(mount.resolve("stencil/101/guest")).isDirectory();
        assertThat(mount.resolve("stencil/101/exec")).isDirectory();
    }

    private GuestCgroup unified() throws IOException {
        Files.createDirectories(mount.resolve("stencil/101"));
        for (Path directory : List.of(mount, mount.resolve("stencil"), mount.resolve("stencil/101"))) {
            Files.writeString(directory.resolve("cgroup.controllers"), "");
        }
        for (String file : List.of("memory.swap.max", "cpuset.cpus")) {
            Files.writeString(mount.resolve("stencil/101").resolve(file), "");
        }
        return new GuestCgroup(new Cgroups(mount, Map.of()), "101");
    }

    @Test
    void version1_swapIsLimitedTogetherWithMemory() throws IOException {
        var cgroup = version1();
        Files.writeString(mount.resolve("memory/stencil/101/memory.memsw.limit_in_bytes"), "");

        cgroup.limit(SOME);

        assertThat(value("memory/stencil/101/memory.limit_in_bytes")).isEqualTo("1073741824");
        assertThat(value("memory/stencil/101/memory.memsw.limit_in_bytes")).isEqualTo("1074790400");
        assertThat(value("pids/stencil/101/pids.max")).isEqualTo("500");
        assertThat(value("cpu/stencil/101/cpu.shares")).isEqualTo("2048");
        assertThat(value("cpu/stencil/101/cpu.cfs_quota_us")).isEqualTo("150000");
    }

    @Test
    void version1_withoutSwapAccountingMemoryAloneIsLimited() throws IOException {
        version1().limit(SOME);

        assertThat(mount.resolve("memory/stencil/101/memory.memsw.limit_in_bytes"))
                .doesNotExist();
        assertThat(value("memory/stencil/101/memory.limit_in_bytes")).isEqualTo("1073741824");
    }

    @Test
    void version1_noLimits() throws IOException {
        version1().limit(GuestLimits.NONE);

        assertThat(value("memory/stencil/101/memory.limit_in_bytes")).isEqualTo("-1");
        assertThat(value("pids/stencil/101/pids.max")).isEqualTo("max");
        assertThat(value("cpu/stencil/101/cpu.shares")).isEqualTo("1024");
        assertThat(value("cpu/stencil/101/cpu.cfs_quota_us")).isEqualTo("-1");
    }

    @Test
    void initAndCommandsJoinEachHierarchyOnce() throws IOException {
        Path both = mount.resolve("cpu");
        var cgroup = new GuestCgroup(new Cgroups(mount.resolve("v2"), Map.of("cpu", both, "cpuset", both)), "101");

        assertThat(cgroup.forInit())
                .containsExactly(both.resolve("stencil/101"), mount.resolve("v2/stencil/101/guest"));
        assertThat(cgroup.forCommands()).endsWith(mount.resolve("v2/stencil/101/exec"));
    }

    private GuestCgroup version1() throws IOException {
        for (String controller : List.of("cpu", "memory", "pids")) {
            Files.createDirectories(mount.resolve(controller).resolve("stencil/101"));
        }
        return new GuestCgroup(
                new Cgroups(
                        mount.resolve("v2"),
                        Map.of(
                                "cpu", mount.resolve("cpu"),
                                "memory", mount.resolve("memory"),
                                "pids", mount.resolve("pids"))),
                "101");
    }

    private String value(String file) throws IOException {
        return Files.readString(mount.resolve(file));
    }
}
