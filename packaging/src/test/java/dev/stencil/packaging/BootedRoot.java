package dev.stencil.packaging;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A machine of its own as far as systemd can tell: it is the first process of namespaces over a root directory, with cgroups
 * of both versions below one of the host's, and a network without anybody in it. Settings of the kernel cannot be changed,
 * but for those of the network.
 */
final class BootedRoot implements AutoCloseable {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /**
     * Joins a cgroup of its own in each hierarchy, which the namespace makes the root. What waits out here leaves that of
     * version 2, for a cgroup with processes cannot hand controllers to those below.
     */
    private static final String BOOT =
            """
            set -e
            while read -r _ target type _; do
                [ "$type" = cgroup ] || [ "$type" = cgroup2 ] || continue
                mkdir -p "$target/$4" "$target/$4-outside"
                for file in cpuset.cpus cpuset.mems; do
                    [ ! -e "$target/$4/$file" ] || cat "$target/$file" >"$target/$4/$file"
                done
                echo $$ >"$target/$4/cgroup.procs"
                [ "$type" = cgroup ] || unified=$target
            done </proc/self/mounts
            export unified
            exec unshare --cgroup sh -c '
                echo $$ >"$unified/$4-outside/cgroup.procs"
                exec unshare --mount --pid --uts --ipc --net --fork --kill-child --propagation=private sh -c "$5" init "$@"
                ' boot "$@"
            """;

    private static final String INIT =
            """
            set -e
            root=$1 work=$2 packages=$3
            echo 0 >"$unified/$4/cgroup.procs"
            mount -t overlay overlay -o "lowerdir=$root,upperdir=$work/upper,workdir=$work/work" "$work/root"
            cd "$work/root"
            hierarchies=$(awk '$3 == "cgroup" || $3 == "cgroup2" {print $2 "|" $3 "|" $4}' /proc/self/mounts)
            mount -t proc proc proc
            mount -t proc proc mnt # a whole one, else no user namespace may have its own
            mount --bind proc/sys proc/sys
            mount --bind proc/sys/net proc/sys/net
            mount -o remount,bind,ro proc/sys
            mount -t sysfs sysfs sys
            unified=no
            case $hierarchies in */sys/fs/cgroup"|"cgroup2*) unified=yes ;; esac
            [ $unified = yes ] || mount -t tmpfs -o mode=0755 tmpfs sys/fs/cgroup
            printf '%s\\n' "$hierarchies" | while IFS='|' read -r target type options; do
                mkdir -p ".$target"
                case $type,$options in
                cgroup2,*) mount -t cgroup2 cgroup2 ".$target" ;;
                *name=systemd*) mount -t cgroup -o none,name=systemd cgroup ".$target" ;;
                *) mount -t cgroup -o "${options##*relatime,}" cgroup ".$target" ;;
                esac
            done
            mount -t tmpfs -o mode=0755 tmpfs run
            mount -t tmpfs -o mode=1777 tmpfs tmp
            mount -t tmpfs -o mode=0755 tmpfs dev
            for device in null zero full random urandom tty net/tun fuse; do
                [ -e "/dev/$device" ] || continue
                mkdir -p "$(dirname "dev/$device")"
                : >"dev/$device"
                mount --bind "/dev/$device" "dev/$device"
            done
            mkdir -p dev/pts dev/shm vz packages old
            mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
            ln -s pts/ptmx dev/ptmx
            mount --bind "$work/vz" vz
            mount --bind "$packages" packages
            hostname booted
            ip link set lo up
            pivot_root . old
            umount --lazy old
            exec chroot . env -i container=test /sbin/init --log-target=journal
            """;

    private final Process process;
    private final String group;

    private BootedRoot(Process process, String group) {
        this.process = process;
        this.group = group;
    }

    /**
     * Switches it on and waits until systemd has started everything.
     *
     * @param root stays as it is: what is changed lies in {@code work} and is there again when it is switched on the next time.
     *     {@code /vz} is a plain directory there, for containers cannot stand on an overlay
     * @param packages it finds in {@code /packages}
     */
    static BootedRoot on(Path root, Path work, Path packages) throws IOException {
        for (String name : List.of("upper", "work", "root", "vz")) {
            Files.createDirectories(work.resolve(name));
        }
        String group = "booted-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        Process process = new ProcessBuilder(
                        "sh", "-c", BOOT, "boot", root.toString(), work.toString(), packages.toString(), group, INIT)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("console").toFile())
                .start();
        var booted = new BootedRoot(process, group);
        try {
            booted.awaitSystemd(work.resolve("console"));
            return booted;
        } catch (IOException | RuntimeException e) {
            booted.close();
            throw e;
        }
    }

    private void awaitSystemd(Path console) throws IOException {
        Instant end = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            if (init() > 0) {
                Finished state = run("systemctl is-system-running --wait");
                if (state.text().matches("(running|degraded)\\s+")) {
                    return;
                }
            }
            pause();
        }
        throw new IOException("systemd did not come up: " + Files.readString(console));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The number of its first process out here; 0 as long as there is none. */
    private long init() {
        return process.descendants()
                .filter(one -> one.info().command().orElse("").endsWith("/systemd"))
                .mapToLong(ProcessHandle::pid)
                .min()
                .orElse(0);
    }

    /** Runs a shell script in it as root would who is logged in; the caller judges the status. */
    Finished run(String script) throws IOException {
        return new HostPrograms()
                .run(Program.of("nsenter", "--target", String.valueOf(init()), "--all", "--root", "--wd")
                        .args("sh", "-c", "set -e\nexport LC_ALL=C.UTF-8\n" + script, "script")
                        .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                        .timeout(LIMIT));
    }

    /** As {@link #run}, and the script must succeed. */
    String succeed(String script) throws IOException {
        return run(script).orThrow().text();
    }

    /** As its power button does: systemd stops everything, and the machine is gone afterwards. */
    void powerOff() throws IOException {
        run("systemctl --no-block poweroff");
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("systemd did not go down in " + LIMIT.toSeconds() + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Pulls the plug if it still runs, and removes its cgroups. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> inside = process.descendants().toList();
        inside.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        inside.forEach(one -> one.onExit().join());
        List<Path> hierarchies = new ArrayList<>(List.of(CGROUPS));
        try (var mounted = Files.list(CGROUPS)) {
            mounted.forEach(hierarchies::add);
        }
        for (Path hierarchy : hierarchies) {
            removeGroup(hierarchy.resolve(group));
            removeGroup(hierarchy.resolve(group + "-outside"));
        }
    }

    private static void removeGroup(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> below;
        try (var found = Files.walk(directory)) {
            below = found.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path one : below) {
            Files.delete(one);
        }
    }
}
