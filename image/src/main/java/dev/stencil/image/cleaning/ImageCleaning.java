package dev.stencil.image.cleaning;

import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The last step before a root becomes a cache: takes away what belongs to the build and not to the system, and what must
 * differ between the containers made from it. Logs keep their owner and mode and lose their content.
 */
public final class ImageCleaning {
    /** Directories whose whole content goes. */
    private static final List<String> EMPTIED = List.of("run", "tmp", "var/tmp", "var/log/journal");

    /** Directories whose plain files go; packages ship the directories inside. */
    private static final List<String> WITHOUT_FILES = List.of(
            "var/lib/apt/lists",
            "var/lib/apt/lists/partial",
            "var/lib/apt/lists/auxfiles",
            "var/cache/apt/archives",
            "var/cache/apt/archives/partial");

    private static final List<String> REMOVED = List.of(
            // Written by the tools that built the root; each is made again when needed.
            "var/log/alternatives.log",
            "var/log/bootstrap.log",
            "var/log/dpkg.log",
            "var/log/apt/history.log",
            "var/log/apt/term.log",
            "var/log/apt/eipp.log.xz",
            "var/cache/apt/pkgcache.bin",
            "var/cache/apt/srcpkgcache.bin",
            "var/cache/ldconfig/aux-cache",
            "etc/apt/apt.conf.d/00mmdebstrap",
            // The second-last state of databases of users, which depends on the order in which tools were called.
            "etc/passwd-",
            "etc/shadow-",
            "etc/group-",
            "etc/gshadow-",
            "etc/subuid-",
            "etc/subgid-",
            "var/cache/debconf/config.dat-old",
            "var/cache/debconf/passwords.dat-old",
            "var/cache/debconf/templates.dat-old",
            // The identity of one system: every container gets its own at its first start.
            "etc/hostname",
            "var/lib/dbus/machine-id",
            "var/lib/systemd/random-seed",
            "var/lib/systemd/credential.secret",
            "var/lib/urandom/random-seed",
            "var/lib/random-seed");

    private static final String MACHINE_ID = "etc/machine-id";
    private static final String RESOLV_CONF = "etc/resolv.conf";
    private static final String SSH = "etc/ssh";
    private static final String LOGS = "var/log";
    private static final String CONFIGURATION = "etc";
    private static final int DEEPEST = 4;

    private final Root root;

    private ImageCleaning(Root root) {
        this.root = root;
    }

    /** Cleans the tree at {@code directory}, whose programs are not running. */
    public static void clean(Path directory) throws IOException {
        try (Root root = Root.open(directory)) {
            new ImageCleaning(root).clean();
        }
    }

    private void clean() throws IOException {
        for (String folder : EMPTIED) {
            for (String name : root.list(folder)) {
                root.deleteTree(folder + "/" + name);
            }
        }
        for (String folder : WITHOUT_FILES) {
            removeFilesOf(folder);
        }
        for (String file : REMOVED) {
            removeFile(file);
        }
        removeBackups(CONFIGURATION, 0);
        removeHostKeys();
        removeResolvConf();
        emptyMachineId();
        emptyLogs(LOGS, 0);
    }

    private void removeFilesOf(String folder) throws IOException {
        for (String name : root.list(folder)) {
            removeFile(folder + "/" + name);
        }
    }

    /** Only a plain file or link: what is a directory in this distribution is left alone. */
    private void removeFile(String file) throws IOException {
        Optional<FileStatus> status = root.status(file);
        if (status.isPresent() && !status.get().isDirectory()) {
            root.delete(file);
        }
    }

    /** What dpkg keeps of configuration files that it has replaced. */
    private void removeBackups(String folder, int depth) throws IOException {
        for (String name : root.list(folder)) {
            String file = folder + "/" + name;
            Optional<FileStatus> status = root.status(file);
            if (status.filter(FileStatus::isDirectory).isPresent() && depth < DEEPEST) {
                removeBackups(file, depth + 1);
            } else if (name.endsWith(".dpkg-old")) {
                removeFile(file);
            }
        }
    }

    /** Shared host keys would let every container of the template pose as every other. */
    private void removeHostKeys() throws IOException {
        for (String name : root.list(SSH)) {
            if (name.startsWith("ssh_host_") && (name.endsWith("_key") || name.endsWith("_key.pub"))) {
                root.delete(SSH + "/" + name);
            }
        }
    }

    /** A link is the distribution's own choice (systemd-resolved, resolvconf); a file is a copy of the build host's. */
    private void removeResolvConf() throws IOException {
        if (root.status(RESOLV_CONF).filter(FileStatus::isRegular).isPresent()) {
            root.delete(RESOLV_CONF);
        }
    }

    /**
     * Present and empty, so that systemd makes an id at each container's first start without taking it for the first boot
     * of an unconfigured system ({@code machine-id(5)}).
     */
    private void emptyMachineId() throws IOException {
        Optional<FileStatus> status = root.status(MACHINE_ID);
        if (status.filter(FileStatus::isRegular).isPresent()) {
            rewriteEmpty(MACHINE_ID, status.get());
        } else if (status.isEmpty() && root.exists("usr/lib/systemd/systemd")) {
            root.write(MACHINE_ID, "", Mode.octal("0444"), Owner.ROOT);
        }
    }

    private void emptyLogs(String folder, int depth) throws IOException {
        for (String name : root.list(folder)) {
            String file = folder + "/" + name;
            Optional<FileStatus> status = root.status(file);
            if (status.isEmpty()) {
                continue;
            }
            if (status.get().isDirectory() && depth < DEEPEST) {
                emptyLogs(file, depth + 1);
            } else if (status.get().isRegular() && status.get().size() > 0) {
                rewriteEmpty(file, status.get());
            }
        }
    }

    private void rewriteEmpty(String file, FileStatus status) throws IOException {
        root.write(file, "", new Mode(status.permissions()), new Owner(status.uid(), status.gid()));
    }
}
