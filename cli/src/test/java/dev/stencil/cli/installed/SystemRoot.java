package dev.stencil.cli.installed;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A root directory in which scripts run as on a machine of its own: what they change stays in {@code work}, {@code /vz} is a
 * plain directory there (containers cannot stand on an overlay), {@code /run} is empty each time, and processes end with
 * the script. Scripts find {@code /packages}.
 *
 * @param layers the root as installed, never changed; the upper one first
 * @param work holds changes, {@code vz} and {@code packages}
 */
record SystemRoot(List<Path> layers, Path work) {
    /** By pivot_root, because no user namespace can be made in a chroot. */
    private static final String ENTER =
            """
            set -e
            mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
            cd "$2/root"
            mkdir -p dev proc sys run tmp vz packages old
            mount --rbind /dev dev
            mount --rbind /sys sys
            mount -t proc proc proc
            [ -d "$2/inotify" ] || cp -r proc/sys/fs/inotify "$2/"
            mount --bind "$2/inotify" proc/sys/fs/inotify # the host's own limits stay as they are
            mount -t tmpfs -o mode=0755 tmpfs run
            mount -t tmpfs -o mode=1777 tmpfs tmp
            mount --bind "$2/vz" vz
            mount --bind "$3" packages
            pivot_root . old
            umount --lazy old
            exec chroot . /bin/sh -c "$4" script
            """;

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** With nothing changed yet. */
    static SystemRoot over(List<Path> layers, Path work) throws IOException {
        for (String name : new String[] {"upper", "work", "root", "vz"}) {
            Files.createDirectories(work.resolve(name));
        }
        for (Path open : new Path[] {work, work.resolve("vz"), work.resolve("upper")}) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return new SystemRoot(layers, work);
    }

    /** Runs a shell script in it; the caller judges the status. */
    Finished run(Path packages, String script) throws IOException {
        return new HostPrograms()
                .run(Program.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation=private")
                        .args("sh", "-c", ENTER, "enter", lowerDirectories(), work.toString())
                        .args(packages.toString(), "set -e\nexport LC_ALL=C.UTF-8\n" + script)
                        .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                        .timeout(LIMIT));
    }

    private String lowerDirectories() {
        return layers.stream().map(Path::toString).collect(Collectors.joining(":"));
    }

    /** As {@link #run}, and the script must succeed. */
    String succeed(Path packages, String script) throws IOException {
        return run(packages, script).orThrow().text();
    }
}
