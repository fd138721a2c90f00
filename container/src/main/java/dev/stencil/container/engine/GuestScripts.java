package dev.stencil.container.engine;

import dev.stencil.container.network.RoutedNetwork;
import dev.stencil.linux.Program;
import dev.stencil.linux.oci.OciRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shell scripts of a guest's directory. A guest that reboots, or powers itself off, has no command of ours waiting for
 * it: its monitor (conmon, 2 MB) runs {@code ended}, which starts it again or cleans up.
 */
final class GuestScripts {
    /** What conmon reports for an init that ended by reboot(2) RESTART; 130 is power-off and halt. */
    private static final String REBOOTED = "129";

    private final GuestDirectory guest;
    private final GuestCgroup cgroup;
    private final OciRuntime runtime;
    private final Path state;

    GuestScripts(GuestDirectory guest, GuestCgroup cgroup, OciRuntime runtime, Path state) {
        this.guest = guest;
        this.cgroup = cgroup;
        this.runtime = runtime;
        this.state = state;
    }

    void write(GuestSpec spec) throws IOException {
        Path directory = guest.path();
        Files.writeString(directory.resolve("runtime"), runtimeScript());
        directory.resolve("runtime").toFile().setExecutable(true, false);
        Files.writeString(guest.launchScript(), launchScript());
        Files.writeString(guest.endScript(), endScript(spec));
        Files.writeString(
                directory.resolve(RoutedNetwork.CONNECT),
                RoutedNetwork.connectScript(directory, RoutedNetwork.hostDevice(guest.key())));
    }

    /**
     * What conmon calls to create the container: a process that first joins the guest's cgroups. Its standard input is an empty pipe,
     * for conmon would hand it the host's {@code /dev/null}, and the runtime gives the init's streams to the guest's root.
     */
    private String runtimeScript() {
        return """
                #!/bin/sh
                # The OCI runtime, called by the monitor to make this guest.
                set -e
                for directory in %s; do
                    echo $$ > "$directory/cgroup.procs"
                done
                exec %s "$@" <<'END'
                END
                """
                .formatted(
                        words(cgroup.forInit()),
                        runtime.command(state, List.of()).shown());
    }

    private String launchScript() {
        return """
                #!/bin/sh
                # Starts the guest and returns when its init runs. Run by vzctl, and by the monitor after a reboot inside.
                set -e
                cd %1$s
                echo $$ > %2$s/cgroup.procs
                rm -rf sync exit pid
                mkdir exit
                mkfifo sync
                sh ./connect
                exec 3<>sync
                _OCI_SYNCPIPE=3 conmon --cid %3$s --cuuid %3$s --runtime "$PWD/runtime" --bundle "$PWD" \\
                    --container-pidfile "$PWD/pid" --conmon-pidfile "$PWD/monitor" --exit-dir "$PWD/exit" \\
                    --exit-command /bin/sh --exit-command-arg "$PWD/ended" \\
                    --log-path k8s-file:"$PWD/console.log" --log-size-max 1048576 --no-sync-log \\
                    --socket-dir-path "$PWD" </dev/null >/dev/null 2>>errors
                answer=$(timeout 60 head -n 1 <&3)
                exec 3>&-
                case $answer in
                    *'"pid": -'* | '') echo "$answer" >&2; exit 1 ;;
                esac
                exec %4$s start %3$s
                """
                .formatted(
                        word(guest.path()),
                        word(cgroup.monitors()),
                        guest.key(),
                        runtime.command(state, List.of()).shown());
    }

    private String endScript(GuestSpec spec) {
        return """
                #!/bin/sh
                # Run by the monitor when the guest has ended: starts it again after a reboot, else cleans up.
                # With the argument "leave" its root stays mounted.
                cd %1$s || exit
                %2$s delete --force %3$s >/dev/null 2>&1
                %4$s
                [ "$1" = leave ] || for try in 1 2 3 4 5 6 7 8 9 last; do
                    umount %5$s 2>/dev/null && break
                    [ $try != last ] || umount --lazy %5$s
                    sleep 0.2
                done
                [ ! -f network.link ] || ip -force -batch network.down 2>/dev/null
                ip link delete dev %6$s 2>/dev/null
                umount net user 2>/dev/null
                for directory in %7$s; do
                    find "$directory" -depth -type d -exec rmdir {} + 2>/dev/null
                done
                cd ..
                rm -rf %1$s
                """
                .formatted(
                        word(guest.path()),
                        runtime.command(state, List.of()).shown(),
                        guest.key(),
                        spec.mayReboot() ? restart() : "",
                        word(spec.root()),
                        RoutedNetwork.hostDevice(guest.key()),
                        words(cgroup.all()));
    }

    private String restart() {
        return """
                status=none
                [ -f exit/%1$s ] && read -r status < exit/%1$s
                if [ "$status" = %2$s ] && [ ! -e stopping ]; then
                    sh ./launch </dev/null >>errors 2>&1 && exit
                fi
                """
                .formatted(guest.key(), REBOOTED);
    }

    private static String words(List<Path> paths) {
        return paths.stream().map(GuestScripts::word).collect(Collectors.joining(" "));
    }

    private static String word(Path path) {
        return Program.of(path.toString()).shown();
    }
}
