package dev.stencil.cli;

import dev.stencil.fixtures.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users and scripts read of {@code vzctl}, {@code vzlist} and {@code prlctl}, byte for byte; nothing runs here. */
class ContainerToolsGoldenTest {
    private static final String UUID = "6c5b6b0e-4a1f-4d0a-9d9a-0123456789ab";

    @TempDir
    Path root;

    @BeforeEach
    void makeContainers() throws IOException {
        write(
                "etc/vz/vz.conf",
                """
                LOCKDIR=/vz/lock
                TEMPLATE=/vz/template
                VE_ROOT=/vz/root/$VEID
                VE_PRIVATE=/vz/private/$VEID
                DEF_OSTEMPLATE=".debian-12-x86_64"
                """);
        write("etc/vztt/vztt.conf", "");
        write("vz/template/conf/vztt/url.map", "");
        write("etc/vz/conf/ve-basic.conf-sample", "PHYSPAGES=\"65536:65536\"\n");
        container(
                "301",
                """
                NAME="web"
                HOSTNAME="www.example.com"
                DESCRIPTION="Web=20server"
                IP_ADDRESS="10.92.0.1/255.255.255.0 fd00::1/64"
                NAMESERVER="10.92.0.53 10.92.0.54"
                OSTEMPLATE=".debian-12-x86_64"
                DISTRIBUTION="debian"
                PHYSPAGES="65536:65536"
                DISKSPACE="2097152:2306867"
                CPUUNITS="1000"
                ONBOOT="yes"
                UUID="%s"
                """
                        .formatted(UUID));
        container("1001", "ONBOOT=\"auto\"\nHOSTNAME=\"db\"\nIOPRIO=\"4\"\n");
        container(UUID, "DISABLED=\"yes\"\n");
        Files.createDirectories(root.resolve("etc/vz/names"));
        Files.createSymbolicLink(root.resolve("etc/vz/names/web"), root.resolve("etc/vz/conf/301.conf"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "vzlist-running | vzlist",
                "vzlist-all | vzlist -a",
                "vzlist-stopped-names | vzlist -S -n",
                "vzlist-columns | vzlist -a -H -o ctid,uuid,ip,onboot,physpages,physpages.l,diskspace.h,isolation,ids",
                "vzlist-ids | vzlist -a -1",
                "vzlist-sorted-down | vzlist -a -o hostname,ctid -s -hostname",
                "vzlist-json | vzlist -a -j -o ctid,hostname,status,configured_ip,physpages,onboot,isolation,ids,layout",
                "vzlist-json-default | vzlist -j 301",
                "vzlist-json-none | vzlist -j",
                "vzlist-name-pattern | vzlist -a -1 -N w*",
                "vzlist-description-pattern | vzlist -a -1 -d *server",
                "vzlist-hostname-pattern | vzlist -a -1 -h www.*",
                "vzlist-one | vzlist 301",
                "vzlist-fields | vzlist -L",
                "vzlist-unknown-field | vzlist -o colour",
                "vzlist-invalid-id | vzlist 30x",
                "vzlist-absent | vzlist 399",
                "vzlist-help | vzlist --help",
                "vzctl-none | vzctl",
                "vzctl-help | vzctl --help",
                "vzctl-create-help | vzctl create --help",
                "vzctl-start-help | vzctl start --help",
                "vzctl-stop-help | vzctl stop --help",
                "vzctl-set-help | vzctl set --help",
                "vzctl-exec-help | vzctl exec2 --help",
                "vzctl-status | vzctl status 301",
                "vzctl-status-by-name | vzctl status web",
                "vzctl-status-absent | vzctl status 399",
                "vzctl-status-surplus | vzctl status 301 302",
                "vzctl-status-nothing | vzctl status",
                "vzctl-exec-no-container | vzctl exec",
                "vzctl-create-existing | vzctl create 301",
                "vzctl-create-id | vzctl create web",
                "vzctl-create-sample | vzctl create 399 --config nosuch",
                "vzctl-create-template | vzctl create 399 --ostemplate nosuch-1",
                "vzctl-create-name | vzctl create 399 --name a/b",
                "vzctl-create-layout | vzctl create 399 --layout ploop",
                "vzctl-create-option | vzctl create 399 --colour red",
                "vzctl-exec-down | vzctl exec 301 true",
                "vzctl-exec-nothing | vzctl exec 301",
                "vzctl-umount-unmounted | vzctl umount 301",
                "vzctl-stop-down | vzctl stop 301",
                "vzctl-start-disabled | vzctl start " + UUID,
                "vzctl-set-saved | vzctl set 301 --hostname new.example.com --ipadd 10.92.0.2 --numfile 5 --save",
                "vzctl-set-name-unsaved | vzctl set 301 --name other",
                "vzctl-set-name-taken | vzctl set 1001 --name web --save",
                "vzctl-set-value | vzctl set 301 --ipadd 10.92.0.300 --save",
                "vzctl-set-nothing | vzctl set 301 --save",
                "vzctl-quotaon | vzctl quotaon 301",
                "prlctl-list | prlctl list -a",
                "prlctl-list-json | prlctl list -a -j -o uuid,status,name",
                "prlctl-status | prlctl status web",
                "prlctl-status-absent | prlctl status nothing",
                "prlctl-set | prlctl set web --memsize 512 --autostart off",
                "prlctl-create-vm | prlctl create x --vmtype vm",
                "prlctl-stop-down | prlctl stop web",
                "prlctl-help | prlctl --help"
            })
    void printsAs(String name, String line) {
        Golden.check(name, new ToolRun(root).run(line.split(" ")).text());
    }

    private void container(String id, String config) throws IOException {
        write("vz/private/" + id + "/ve.conf", "VEID=\"" + id + "\"\n" + config);
        write("vz/private/" + id + "/ids", "1898774528 65536\n");
        Files.createDirectories(root.resolve("etc/vz/conf"));
        Files.createSymbolicLink(
                root.resolve("etc/vz/conf/" + id + ".conf"), root.resolve("vz/private/" + id + "/ve.conf"));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
