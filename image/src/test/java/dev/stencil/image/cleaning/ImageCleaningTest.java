package dev.stencil.image.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCleaningTest {
    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temporary.resolve("root"));
    }

    @Test
    void clean_removesHostKeys_butNotTheServersConfiguration() throws IOException {
        file("etc/ssh/ssh_host_ed25519_key", "secret");
        file("etc/ssh/ssh_host_ed25519_key.pub", "public");
        file("etc/ssh/sshd_config", "Port 22\n");

        ImageCleaning.clean(root);

        assertThat(root.resolve("etc/ssh"))
                .isDirectoryNotContaining(path -> path.toString().contains("ssh_host_"));
        assertThat(root.resolve("etc/ssh/sshd_config")).hasContent("Port 22\n");
    }

    @Test
    void clean_leavesMachineIdPresentAndEmpty() throws IOException {
        file("etc/machine-id", "0123456789abcdef0123456789abcdef\n");

        ImageCleaning.clean(root);

        assertThat(root.resolve("etc/machine-id")).isEmptyFile();
    }

    @Test
    void clean_makesAnEmptyMachineId_whereSystemdWouldOtherwiseSeeAFirstBoot() throws IOException {
        file("usr/lib/systemd/systemd", "");
        file("etc/passwd", "");

        ImageCleaning.clean(root);

        assertThat(root.resolve("etc/machine-id")).isEmptyFile();
    }

    @Test
    void clean_emptiesRunAndTmp_butKeepsTheDirectories() throws IOException {
        file("run/lock/subsys/x", "");
        file("tmp/a/b", "");
        file("var/tmp/c", "");

        ImageCleaning.clean(root);

        assertThat(root.resolve("run")).isEmptyDirectory();
        assertThat(root.resolve("tmp")).isEmptyDirectory();
        assertThat(root.resolve("var/tmp")).isEmptyDirectory();
    }

    @Test
    void clean_emptiesALogInPlace_keepingItsMode() throws IOException {
        Path log = file("var/log/mysql/error.log", "started\n");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r-----"));

        ImageCleaning.clean(root);

        assertThat(log).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void clean_removesLogsOfTheBuild() throws IOException {
        file("var/log/dpkg.log", "x");
        file("var/log/apt/term.log", "x");

        ImageCleaning.clean(root);

        assertThat(root.resolve("var/log/dpkg.log")).doesNotExist();
        assertThat(root.resolve("var/log/apt")).isEmptyDirectory();
    }

    @Test
    void clean_removesResolvConf_unlessItIsTheDistributionsLink() throws IOException {
        file("etc/hostname", "builder\n");
        Files.createSymbolicLink(root.resolve("etc/resolv.conf"), Path.of("../run/systemd/resolve/stub-resolv.conf"));

        ImageCleaning.clean(root);

        assertThat(root.resolve("etc/resolv.conf")).isSymbolicLink();
        assertThat(root.resolve("etc/hostname")).doesNotExist();

        Files.delete(root.resolve("etc/resolv.conf"));
        file("etc/resolv.conf", "nameserver 192.0.2.1\n");
        ImageCleaning.clean(root);
        assertThat(root.resolve("etc/resolv.conf")).doesNotExist();
    }

    @Test
    void clean_removesPackageLists_butKeepsTheirDirectories() throws IOException {
        file("var/lib/apt/lists/mirror_dists_stable_InRelease", "x");
        file("var/lib/apt/lists/partial/y", "x");
        file("var/cache/apt/archives/a_1_all.deb", "x");

        ImageCleaning.clean(root);

        assertThat(root.resolve("var/lib/apt/lists/partial")).isEmptyDirectory();
        assertThat(root.resolve("var/cache/apt/archives")).isEmptyDirectory();
    }

    @Test
    void clean_staysInside_whenDirectoriesAreLinksLeadingOut() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Path precious = Files.writeString(outside.resolve("precious"), "x");
        Files.createDirectories(root.resolve("var"));
        Files.createSymbolicLink(root.resolve("tmp"), outside);
        Files.createSymbolicLink(root.resolve("var/log"), Path.of("../../outside"));
        Files.createSymbolicLink(root.resolve("run"), Path.of("../../../../../../../../../../.." + outside));

        ImageCleaning.clean(root);

        assertThat(precious).hasContent("x");
    }

    private Path file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
