package dev.stencil.linux;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the entries of archives into a tree, fast: descriptors of parent directories are kept open, files are created,
 * filled and given owner, mode and time through their descriptor. Paths are resolved as in {@link Root}: links in front of
 * the last name are followed inside the tree only, the last name is never followed. Nothing is synced.
 *
 * <p>A file, link or node of the same name is replaced; a directory is not ({@code EISDIR}). One thread uses a writer;
 * several writers may work on one tree.
 */
public final class TreeWriter implements AutoCloseable {
    private static final int PATH_DIRECTORY = Kernel.O_PATH | Kernel.O_DIRECTORY;
    private static final long INSIDE = Kernel.RESOLVE_IN_ROOT | Kernel.RESOLVE_NO_MAGICLINKS;
    private static final int NEW_FILE = Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_EXCL | Kernel.O_NOFOLLOW;
    private static final int KEPT_PARENTS = 64;
    private static final int BUFFER_BYTES = 256 * 1024;

    /** Owner, permissions and modification time of an entry; {@code permissions} with setuid, setgid and sticky. */
    public record Attributes(int uid, int gid, int permissions, long mtimeSeconds, int mtimeNanos) {}

    private final Root root;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
    private final byte[] chunk = new byte[BUFFER_BYTES];
    private final Map<String, Integer> parents = new HashMap<>();
    private final Deque<String> oldestParents = new ArrayDeque<>();

    /** {@code root} stays the caller's to close, after this. */
    public TreeWriter(Root root) {
        this.root = root;
    }

    /**
     * Makes a directory, mode 0755 of root for now; {@link #setAttributes} gives it its own later, when nothing more is
     * written into it. Answers false when a directory, or a link to one inside the tree, is there already.
     */
    public boolean directory(String path) throws IOException {
        Place place = place(path);
        try {
            Kernel.mkdirat(place.parent, place.name, 0x1ED);
            return true;
        } catch (Errno e) {
            if (e.number() == Errno.EEXIST && root.isDirectory(path)) {
                return false;
            }
            throw e;
        }
    }

    /** A regular file of exactly {@code size} bytes of {@code content}, which is read so far and left open. */
    public void file(String path, InputStream content, long size, Attributes attributes) throws IOException {
        Place place = place(path);
        int descriptor = create(place);
        try {
            copy(content, size, descriptor, path);
            Kernel.fchown(descriptor, attributes.uid, attributes.gid);
            // After fchown, which clears the setuid bits.
            Kernel.fchmod(descriptor, attributes.permissions);
            Kernel.utimensat(descriptor, "", attributes.mtimeSeconds, attributes.mtimeNanos, 0);
        } finally {
            Kernel.close(descriptor);
        }
    }

    private int create(Place place) throws IOException {
        try {
            return Kernel.openat(place.parent, place.name, NEW_FILE, 0x180);
        } catch (Errno e) {
            if (e.number() != Errno.EEXIST) {
                throw e;
            }
            Kernel.unlinkat(place.parent, place.name, 0);
            return Kernel.openat(place.parent, place.name, NEW_FILE, 0x180);
        }
    }

    private void copy(InputStream content, long size, int descriptor, String path) throws IOException {
        long left = size;
        while (left > 0) {
            int count = content.readNBytes(chunk, 0, (int) Math.min(left, chunk.length));
            if (count == 0) {
                throw new EOFException("the archive ends inside of " + path);
            }
            MemorySegment.copy(chunk, 0, buffer, ValueLayout.JAVA_BYTE, 0, count);
            Kernel.write(descriptor, buffer, 0, count);
            left -= count;
        }
    }

    public void symlink(String path, String target, Attributes attributes) throws IOException {
        Place place = place(path);
        replacing(place, () -> Kernel.symlinkat(target, place.parent, place.name));
        Kernel.fchownat(place.parent, place.name, attributes.uid, attributes.gid, Kernel.AT_SYMLINK_NOFOLLOW);
        touch(place, attributes);
    }

    /** A further name of the file {@code existing} of this tree. */
    public void hardLink(String path, String existing) throws IOException {
        // Both parents must stay open: neither look-up below may close the other's.
        keepParents(KEPT_PARENTS - 2);
        Place from = place(existing);
        Place place = place(path);
        replacing(place, () -> Kernel.linkat(from.parent, from.name, place.parent, place.name));
    }

    /** A pipe, socket or device; {@code type} is one of {@code Kernel.S_IF*}, {@code device} a {@link Kernel#device}. */
    public void node(String path, int type, long device, Attributes attributes) throws IOException {
        Place place = place(path);
        replacing(place, () -> Kernel.mknodat(place.parent, place.name, type | 0x180, device));
        Kernel.fchownat(place.parent, place.name, attributes.uid, attributes.gid, Kernel.AT_SYMLINK_NOFOLLOW);
        // The node was made just now by us, so it is no link that fchmodat could follow.
        Kernel.fchmodat(place.parent, place.name, attributes.permissions);
        touch(place, attributes);
    }

    /** Gives a directory its owner, mode and time. */
    public void setAttributes(String path, Attributes attributes) throws IOException {
        int descriptor =
                Kernel.openat2(root.descriptor(), relative(path), Kernel.O_RDONLY | Kernel.O_DIRECTORY, 0, INSIDE);
        try {
            Kernel.fchown(descriptor, attributes.uid, attributes.gid);
            Kernel.fchmod(descriptor, attributes.permissions);
            Kernel.utimensat(descriptor, "", attributes.mtimeSeconds, attributes.mtimeNanos, 0);
        } finally {
            Kernel.close(descriptor);
        }
    }

    /** Sets an extended attribute of the name itself, whatever it is. */
    public void setXattr(String path, String name, byte[] value) throws IOException {
        Place place = place(path);
        Kernel.lsetxattr("/proc/self/fd/" + place.parent + "/" + place.name, name, value);
    }

    @Override
    public void close() {
        parents.values().forEach(Kernel::close);
        parents.clear();
        arena.close();
    }

    private interface Making {
        void make() throws IOException;
    }

    private static void replacing(Place place, Making making) throws IOException {
        try {
            making.make();
        } catch (Errno e) {
            if (e.number() != Errno.EEXIST) {
                throw e;
            }
            Kernel.unlinkat(place.parent, place.name, 0);
            making.make();
        }
    }

    private static void touch(Place place, Attributes attributes) throws IOException {
        Kernel.utimensat(
                place.parent, place.name, attributes.mtimeSeconds, attributes.mtimeNanos, Kernel.AT_SYMLINK_NOFOLLOW);
    }

    private record Place(int parent, String name) {}

    private Place place(String path) throws IOException {
        String inside = relative(path);
        int slash = inside.lastIndexOf('/');
        String name = inside.substring(slash + 1);
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new IOException("\"" + path + "\" does not name a file");
        }
        return new Place(parent(slash < 0 ? "." : inside.substring(0, slash)), name);
    }

    private int parent(String folder) throws IOException {
        Integer known = parents.get(folder);
        if (known != null) {
            return known;
        }
        int descriptor = Kernel.openat2(root.descriptor(), folder, PATH_DIRECTORY, 0, INSIDE);
        keepParents(KEPT_PARENTS - 1);
        parents.put(folder, descriptor);
        oldestParents.add(folder);
        return descriptor;
    }

    private void keepParents(int count) {
        while (parents.size() > count) {
            Integer descriptor = parents.remove(oldestParents.remove());
            if (descriptor != null) {
                Kernel.close(descriptor);
            }
        }
    }

    private static String relative(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return start == end ? "." : path.substring(start, end);
    }
}
