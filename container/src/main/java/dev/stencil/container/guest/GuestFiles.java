package dev.stencil.container.guest;

import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.util.Optional;

/**
 * The guest's files as its writers see them. Whatever the guest has put there, nothing outside is touched; a file is only
 * written when its content changes. A guest keeps a file to itself with a marker beside it: {@code .stencil-ignore.hosts}
 * protects {@code hosts}.
 */
public final class GuestFiles {
    private final Root root;
    private final Owner owner;

    /** {@code owner}: the guest's root as seen from the host. */
    public GuestFiles(Root root, Owner owner) {
        this.root = root;
        this.owner = owner;
    }

    boolean exists(String file) throws IOException {
        return root.exists(file);
    }

    boolean isDirectory(String folder) throws IOException {
        return root.isDirectory(folder);
    }

    Optional<FileStatus> status(String file) throws IOException {
        return root.status(file);
    }

    Optional<String> linkTarget(String file) throws IOException {
        return root.linkTarget(file);
    }

    /** Content of a regular file; anything else under the name counts as absent. */
    Optional<String> text(String file) throws IOException {
        Optional<FileStatus> status = root.status(file);
        return status.isPresent() && status.get().isDirectory() ? Optional.empty() : root.readText(file);
    }

    /** Replaces the file unless it says the same already; a link of that name is replaced, not followed. */
    void put(String file, String content, Mode mode) throws IOException {
        Optional<FileStatus> status = root.status(file);
        boolean same = status.filter(FileStatus::isRegular).isPresent()
                && root.readText(file).filter(content::equals).isPresent();
        if (!same && !isKept(file)) {
            root.makeDirectories(parent(file), Mode.DIRECTORY, owner);
            root.write(file, content, mode, owner);
        }
    }

    void put(String file, String content) throws IOException {
        put(file, content, Mode.FILE);
    }

    void delete(String file) throws IOException {
        if (root.status(file).isPresent() && !isKept(file)) {
            root.delete(file);
        }
    }

    private boolean isKept(String file) throws IOException {
        int slash = file.lastIndexOf('/');
        return root.status(file.substring(0, slash + 1) + ".stencil-ignore." + file.substring(slash + 1))
                .isPresent();
    }

    private static String parent(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "." : file.substring(0, slash);
    }
}
