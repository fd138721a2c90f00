package dev.stencil.packages.rpm;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.linux.oci.OciMount;
import dev.stencil.linux.oci.SandboxOptions;
import dev.stencil.packages.tools.ToolsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory that a sandbox takes for its root: the programs of this host or of a tree of tools, read-only, no settings, and
 * the root that is being made at {@link #TARGET}. rpm runs there and enters the target itself, so it needs nothing in it to begin with.
 */
final class RpmTools implements AutoCloseable {
    static final String TARGET = "/target";
    static final String PACKAGES = "/packages";

    /** Beside {@code /usr}: links into it, or directories on systems that are not merged. */
    private static final List<String> PROGRAMS = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    private static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom", "tty");

    /** Files of the target that the sandbox lies something over. No package brings them. */
    private static final List<String> COVERED = List.of("etc/ld.so.preload");

    private final Path directory;
    private final Path target;
    private final List<OciMount> mounts = new ArrayList<>();
    private final List<String> covers = new ArrayList<>();

    private RpmTools(Path directory, Path target) {
        this.directory = directory;
        this.target = target;
    }

    /**
     * @param programs where the programs are
     * @param target the root that is being made
     * @param packages the package store
     */
    static RpmTools make(ToolsTree programs, Path target, Path packages) throws IOException {
        var tools = new RpmTools(Files.createTempDirectory("stencil-rpm-tools-"), target);
        for (String folder :
                List.of("usr", "etc", "tmp", "var/tmp", "run", "root", TARGET.substring(1), PACKAGES.substring(1))) {
            Files.createDirectories(tools.directory.resolve(folder));
        }
        programs.mount("usr").ifPresent(tools.mounts::add);
        for (String name : PROGRAMS) {
            tools.addPrograms(programs, name);
        }
        Files.writeString(tools.directory.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        Files.writeString(tools.directory.resolve("etc/group"), "root:x:0:\n");
        tools.mounts.add(OciMount.readOnlyBind(packages, PACKAGES));
        tools.addTarget();
        return tools;
    }

    private void addPrograms(ToolsTree programs, String name) throws IOException {
        Optional<Path> link = programs.link(name);
        if (link.isPresent()) {
            Files.createSymbolicLink(directory.resolve(name), link.get());
            return;
        }
        Optional<OciMount> mount = programs.mount(name);
        if (mount.isPresent()) {
            Files.createDirectories(directory.resolve(name));
            mounts.add(mount.get());
        }
    }

    /** The modes are those that packages give these directories: rpm cannot change them while something is mounted there. */
    private void addTarget() throws IOException {
        try (Root root = Root.open(target)) {
            makeMissing(root, "proc", Mode.octal("0555"));
            makeMissing(root, "sys", Mode.octal("0555"));
            makeMissing(root, "dev", Mode.DIRECTORY);
            makeMissing(root, "etc", Mode.DIRECTORY);
            for (String file : COVERED) {
                if (root.status(file).isEmpty()) {
                    root.write(file, "", Mode.FILE, Owner.ROOT);
                    covers.add(file);
                }
            }
        }
        mounts.add(new OciMount(TARGET, "bind", target.toString(), List.of("bind", "rw")));
        mounts.add(OciMount.of("proc", TARGET + "/proc", "nosuid", "noexec", "nodev"));
        mounts.add(OciMount.of("sysfs", TARGET + "/sys", "nosuid", "noexec", "nodev", "ro"));
        mounts.add(OciMount.of("tmpfs", TARGET + "/dev", "nosuid", "noexec", "mode=755", "size=64k"));
        mounts.add(OciMount.of("tmpfs", TARGET + "/dev/shm", "nosuid", "noexec", "nodev", "mode=1777"));
        for (String device : DEVICES) {
            mounts.add(new OciMount(TARGET + "/dev/" + device, "bind", "/dev/" + device, List.of("bind", "rw")));
        }
    }

    private static void makeMissing(Root root, String folder, Mode mode) throws IOException {
        if (root.status(folder).isEmpty()) {
            root.makeDirectory(folder, mode, Owner.ROOT);
        }
    }

    Path directory() {
        return directory;
    }

    /** The options of a sandbox with these tools in it. */
    SandboxOptions in(SandboxOptions options) {
        SandboxOptions more = options.innerRoot(TARGET);
        for (OciMount mount : mounts) {
            more = more.mount(mount);
        }
        return more;
    }

    /** Deletes nothing while anything is mounted there: it would be the programs of this host. */
    @Override
    public void close() throws IOException {
        for (Mounts.Mount mount : Mounts.current()) {
            if (mount.target().startsWith(directory)) {
                throw new IOException(mount.target() + " is still mounted; unmount it and delete " + directory);
            }
        }
        uncover();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** What a package has put there meanwhile stays. */
    private void uncover() throws IOException {
        try (Root root = Root.open(target)) {
            for (String file : covers) {
                if (root.read(file).filter(content -> content.length == 0).isPresent()) {
                    root.delete(file);
                }
            }
        }
    }
}
