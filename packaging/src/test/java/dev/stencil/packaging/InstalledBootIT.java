package dev.stencil.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The .deb under a real systemd: {@code vz.service} starts containers at boot and stops them when the machine goes down. */
class InstalledBootIT {
    /** One after the other, so that an order can be seen: when each was given its launch script. */
    private static final String SHOW =
            """
            show() {
                vzlist --all -H -o ctid,status | tr -s ' \n' '  '
                echo "in the order$(ls -1rt /run/stencil/guests/*/launch 2>/dev/null | cut -d / -f 5 | sed 's/^/ /' | tr -d '\n')"
            }
            """;

    @TempDir
    static Path packages;

    private static Path debian = Path.of("/");

    @TempDir
    Path work;

    @BeforeAll
    static void makePackages() throws IOException {
        Packaged.make(packages, 1, "deb");
        debian = Packaged.debian("systemd-sysv");
    }

    @Test
    void containersStartWithTheMachine_inTheirOrder_andStopWithIt() throws IOException {
        for (Path open : new Path[] {work, Files.createDirectory(work.resolve("upper"))}) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try (BootedRoot machine = BootedRoot.on(debian, work, packages)) {
            String said = machine.succeed(
                    "dpkg --install /packages/stencil_*-1_amd64.deb >/dev/null 2>&1\n"
                            + TinyCache.SCRIPT
                            + SHOW
                            + """
                    systemd-analyze verify --man=no vz.service 2>&1
                    echo "installed: $(systemctl is-enabled vz) $(systemctl is-active vz)"
                    echo VE_PARALLEL=1 >>/etc/vz/vz.conf
                    for id in 2901 2902 2903 2904; do
                        vzctl create $id --ostemplate debian-12-x86_64 >/dev/null 2>&1
                    done
                    vzctl set 2902 --bootorder 5 --save >/dev/null
                    vzctl set 2903 --bootorder 9 --onboot auto --save >/dev/null
                    vzctl set 2904 --onboot no --save >/dev/null
                    systemctl restart vz
                    echo "started: $(show)"
                    systemctl stop vz
                    echo "stopped: $(systemctl is-active vz || :) $(show)"
                    vzctl start 2903 >/dev/null 2>&1
                    systemctl start vz
                    echo "goes down: $(show)"
                    """);
            assertThat(said)
                    .startsWith("installed: enabled active\n")
                    .contains("started:  2901 running 2902 running 2903 stopped 2904 stopped in the order 2902 2901\n")
                    .contains("stopped: inactive  2901 stopped 2902 stopped 2903 stopped 2904 stopped in the order\n")
                    .contains(
                            "goes down:  2901 running 2902 running 2903 running 2904 stopped in the order 2903 2902 2901");
            machine.powerOff();
        }

        try (BootedRoot machine = BootedRoot.on(debian, work, packages)) {
            String said = machine.succeed(
                    SHOW
                            + """
                    echo "booted: $(systemctl is-active vz) $(show)"
                    journalctl --quiet --no-pager --output cat --unit vz >/tmp/said
                    echo "stopped $(grep -c ^Stopped /tmp/said) times"
                    grep -i fail /tmp/said || :
                    vzctl exec 2903 echo inside
                    """);
            assertThat(said)
                    .contains("booted: active  2901 running 2902 running 2903 running 2904 stopped"
                            + " in the order 2903 2902 2901\n")
                    .as("by hand twice, and when it went down")
                    .endsWith("stopped 3 times\ninside\n");
        }
    }
}
