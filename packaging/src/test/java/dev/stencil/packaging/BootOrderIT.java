package dev.stencil.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which containers the script of {@code vz.service} starts, and in which order. Containers 2901 to 2907. */
class BootOrderIT {
    private static final Path BIN = Packaged.HOME.resolve("bin");
    private static final String BOOT =
            Packaged.HOME.resolve("packaging/files/boot").toString();
    private static final String TEMPLATE = "tiny-1-x86_64";

    private final HostPrograms host = new HostPrograms();
    private final List<String> containers = new ArrayList<>();
    private Path directory = Path.of("");
    private Path root = Path.of("");

    @BeforeEach
    void makeHost() throws IOException {
        Path parent = Files.createDirectories(Path.of("/var/tmp/stencil-tests"));
        directory = Files.createTempDirectory(
                parent, "boot-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        TinyRepository repository = TinyRepository.in(directory.resolve("archive"))
                .addBase()
                .add(TinyPackage.named("tiny-init")
                        .depends("tiny-base")
                        .program("/usr/sbin/poweroff", "#!/bin/sh\nkill -TERM 1\n")
                        .program(
                                "/usr/sbin/init",
                                "#!/bin/sh\ntrap 'exit 0' TERM RTMIN+3 2>/dev/null\nwhile :; do sleep 0.2; done\n"))
                .publish();
        String record = "file:" + repository.directory() + " tiny main";
        root = TinyHost.in(directory.resolve("host"), record, repository.keyring(), "tiny-base tiny-init")
                .root();
        // One after the other, so that there is an order to be seen.
        Files.writeString(root.resolve("etc/vz/vz.conf"), "VE_PARALLEL=\"1\"\n", StandardOpenOption.APPEND);
        run(tool("vzpkg"), "create", "cache", TEMPLATE);
    }

    @AfterEach
    void removeHost() throws IOException {
        for (String container : containers) {
            host.run(command(tool("vzctl"), "stop", container, "--fast"));
        }
        for (Mounts.Mount mount : Mounts.current().reversed()) {
            if (mount.target().startsWith(directory)) {
                Mounts.detach(mount.target());
            }
        }
        try (Root parent = Root.open(directory.getParent())) {
            parent.deleteTree(directory.getFileName().toString());
        }
    }

    @Test
    void higherOrdersComeFirst_thoseWithoutOneLast_andOnlyThoseThatAreMeant() throws IOException {
        make("2901", "--onboot", "yes");
        make("2902", "--onboot", "yes", "--bootorder", "5");
        make("2903", "--onboot", "no", "--bootorder", "99");
        make("2904", "--onboot", "yes", "--bootorder", "10");
        make("2905", "--onboot", "yes", "--bootorder", "5");
        make("2906", "--onboot", "auto", "--bootorder", "7");
        make("2907", "--onboot", "auto", "--bootorder", "0");

        run(BOOT, "start");
        assertThat(started())
                .as("of equal orders the lower id is first")
                .containsExactly("2904", "2902", "2905", "2901");

        run(tool("vzctl"), "start", "2907");
        run(BOOT, "stop");
        assertThat(started()).isEmpty();

        run(BOOT, "start");
        assertThat(started())
                .as("auto is for those that ran when the host went down")
                .containsExactly("2904", "2902", "2905", "2907", "2901");
    }

    @Test
    void oneThatFails_isNamed_andKeepsNoOtherFromStarting() throws IOException {
        make("2901", "--onboot", "yes", "--bootorder", "2");
        make("2902", "--onboot", "yes", "--bootorder", "1");
        Files.delete(root.resolve("vz/private/2901/layers"));

        String said = host.run(command(BOOT, "start")).stderrEnd();

        assertThat(said).contains("Container 2901: start failed with exit code ");
        assertThat(started()).containsExactly("2902");
    }

    private void make(String container, String... settings) throws IOException {
        containers.add(container);
        run(tool("vzctl"), "create", container, "--ostemplate", TEMPLATE);
        List<String> words = new ArrayList<>(List.of("set", container, "--save"));
        words.addAll(List.of(settings));
        run(tool("vzctl"), words.toArray(String[]::new));
    }

    /** Those that run, the first started first, by when the runtime wrote down their init's number. */
    private List<String> started() throws IOException {
        Path guests = root.resolve("run/stencil/guests");
        record Start(String container, FileTime when) {}
        List<Start> starts = new ArrayList<>();
        for (String container : containers) {
            Path number = guests.resolve(container).resolve("pid");
            if (Files.exists(number)) {
                starts.add(new Start(container, Files.getLastModifiedTime(number)));
            }
        }
        return starts.stream()
                .sorted(Comparator.comparing(Start::when))
                .map(Start::container)
                .toList();
    }

    private static String tool(String name) {
        return BIN.resolve(name).toString();
    }

    private void run(String program, String... words) throws IOException {
        host.run(command(program, words)).orThrow();
    }

    private Program command(String program, String... words) {
        return Program.of(program)
                .args(words)
                .env("STENCIL_ROOT", root.toString())
                .env("PATH", BIN + ":/usr/sbin:/usr/bin:/sbin:/bin");
    }
}
