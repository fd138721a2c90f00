package dev.stencil.image.tree;

import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Folder;
import dev.stencil.linux.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One directory of a stack, open in all layers that have part in it. Source for whiteouts and opaque directories:
 * {@code overlayfs.rst} of the kernel. Guests control what is in a layer; no link is followed.
 */
final class StackFolder implements AutoCloseable {
    private static final String OPAQUE = "trusted.overlay.opaque";
    private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);

    /** The directory in one layer. */
    record Part(TreeStack.Layer layer, Folder folder) {}

    /** From the top down. */
    private final List<Part> parts;

    private StackFolder(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    static StackFolder open(TreeStack stack) throws IOException {
        List<Part> parts = new ArrayList<>();
        try {
            for (TreeStack.Layer layer : stack.layers().reversed()) {
                parts.add(new Part(layer, Folder.open(layer.files())));
            }
            return new StackFolder(parts);
        } catch (IOException e) {
            parts.forEach(part -> part.folder().close());
            throw e;
        }
    }

    /**
     * What has a name in a folder.
     *
     * @param part the folder in the topmost layer that has it
     * @param folder what is in it when it is a directory
     */
    record Entry(String name, FileStatus status, Part part, Optional<StackFolder> folder) implements AutoCloseable {
        int uid() {
            return status.uid() - part.layer().idShift();
        }

        int gid() {
            return status.gid() - part.layer().idShift();
        }

        /** Whether both are the very same file. */
        boolean isSameFileAs(Entry other) {
            return part.layer().equals(other.part.layer())
                    && status.inode() == other.status.inode()
                    && status.device() == other.status.device();
        }

        @Override
        public void close() {
            folder.ifPresent(StackFolder::close);
        }
    }

    /** Its own entry, named {@code .}, for the top of a stack. Not to be closed. */
    Entry self() throws IOException {
        Part top = parts.getFirst();
        return new Entry(TreeEntry.TOP, top.folder().status(), top, Optional.of(this));
    }

    /** What the stack has under that name, if anything; the caller closes it. */
    Optional<Entry> find(String name) throws IOException {
        List<Part> directories = new ArrayList<>();
        try {
            Optional<Entry> top = find(name, directories);
            return directories.isEmpty()
                    ? top
                    : top.map(entry ->
                            new Entry(name, entry.status, entry.part, Optional.of(new StackFolder(directories))));
        } catch (IOException e) {
            directories.forEach(part -> part.folder().close());
            throw e;
        }
    }

    /** Opens directories of that name as far down as they are put together. */
    private Optional<Entry> find(String name, List<Part> directories) throws IOException {
        Optional<Entry> top = Optional.empty();
        for (Part part : parts) {
            Optional<FileStatus> status = part.folder().status(name);
            if (status.isEmpty()) {
                continue;
            }
            boolean isHidden = isWhiteout(status.get());
            if (top.isEmpty() && !isHidden) {
                top = Optional.of(new Entry(name, status.get(), part, Optional.empty()));
            }
            if (isHidden || !status.get().isDirectory()) {
                break;
            }
            Folder child = part.folder().child(name);
            directories.add(new Part(part.layer(), child));
            if (isOpaque(child)) {
                break;
            }
        }
        return top;
    }

    private static boolean isWhiteout(FileStatus status) {
        return status.type() == Kernel.S_IFCHR && status.nodeDevice() == 0;
    }

    private static boolean isOpaque(Folder folder) throws IOException {
        return folder.attribute(OPAQUE)
                .filter(value -> Arrays.equals(value, YES))
                .isPresent();
    }

    /**
     * Names that may mean different things here and in {@code other}, sorted: those in layers that only one of the two has.
     * What only the shared layers at the bottom hold is the same in both.
     */
    SortedSet<String> namesThatMayDiffer(StackFolder other) throws IOException {
        int shared = 0;
        while (shared < Math.min(parts.size(), other.parts.size())
                && fromBottom(shared).layer().equals(other.fromBottom(shared).layer())) {
            shared++;
        }
        var names = new TreeSet<String>();
        for (Part part : parts.subList(0, parts.size() - shared)) {
            names.addAll(part.folder().names());
        }
        for (Part part : other.parts.subList(0, other.parts.size() - shared)) {
            names.addAll(part.folder().names());
        }
        return names;
    }

    private Part fromBottom(int index) {
        return parts.get(parts.size() - 1 - index);
    }

    /** Names in any layer, sorted; some may be hidden. */
    SortedSet<String> names() throws IOException {
        var names = new TreeSet<String>();
        for (Part part : parts) {
            names.addAll(part.folder().names());
        }
        return names;
    }

    @Override
    public void close() {
        parts.forEach(part -> part.folder().close());
    }
}
