package dev.stencil.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Mounting: overlays of many layers, binds, idmapped copies, and what is mounted now. */
public final class Mounts {
    /** Source: Linux, Documentation/filesystems/overlayfs.rst. */
    private static final Map<String, String> BUILD_OPTIONS =
            Map.of("metacopy", "off", "redirect_dir", "off", "index", "off");

    private Mounts() {}

    /**
     * Mounts an overlay at {@code target}: {@code lowers} from the bottom up, changes going to {@code upper}.
     * Uses the new mount interface because {@code mount(2)} cannot name more than about 35 layers.
     * Mounting one {@code upper} twice corrupts it and the kernel does not prevent it: hold a lock.
     */
    public static void overlay(Path target, List<Path> lowers, Path upper, Path work) throws IOException {
        attach(detachedOverlay(lowers, upper, work), target);
    }

    /**
     * As {@link #overlay}, for making {@code upper} a layer of its own: it gets whole files only, whatever the kernel's
     * defaults are, and nothing waits for the disk, so sync before you rely on it. {@code work} must be fresh.
     */
    public static void buildOverlay(Path target, List<Path> lowers, Path upper, Path work) throws IOException {
        attach(detachedOverlay(lowers, upper, work, 0, BUILD_OPTIONS), target);
    }

    /** As {@link #overlay}, for a tree that somebody else is root of: device nodes in it do not open devices. */
    public static void guestOverlay(Path target, List<Path> lowers, Path upper, Path work) throws IOException {
        attach(detachedOverlay(lowers, upper, work, Kernel.MOUNT_ATTR_NODEV), target);
    }

    /**
     * As {@link #guestOverlay}, where files of the lowers have the owners that {@code namespace} gives them.
     *
     * @param places existing empty directories, one for each lower; nothing is left mounted there
     */
    public static void guestOverlay(
            Path target, List<Path> lowers, List<Path> places, Path upper, Path work, UserNamespace namespace)
            throws IOException {
        shifted(lowers, places, namespace, () -> guestOverlay(target, places, upper, work));
    }

    /** Mounts an overlay of {@code lowers}, from the bottom up, that nobody can write to; at least two of them. */
    public static void guestView(Path target, List<Path> lowers) throws IOException {
        int context = Kernel.fsopen("overlay");
        try {
            Kernel.fsconfigString(context, "source", "overlay");
            for (Path lower : lowers.reversed()) {
                Kernel.fsconfigString(context, "lowerdir+", lower.toString());
            }
            Kernel.fsconfigCreate(context, "overlay of " + lowers);
            attach(Kernel.fsmount(context, Kernel.MOUNT_ATTR_NODEV), target);
        } finally {
            Kernel.close(context);
        }
    }

    /**
     * As {@link #guestView(Path, List)}, with {@code lowers} shifted as {@link #guestOverlay} shifts them and {@code top},
     * whose owners are as they should be, above.
     */
    public static void guestView(Path target, List<Path> lowers, List<Path> places, Path top, UserNamespace namespace)
            throws IOException {
        List<Path> all = new ArrayList<>(places);
        all.add(top);
        shifted(lowers, places, namespace, () -> guestView(target, all));
    }

    @FunctionalInterface
    private interface Mounting {
        void mount() throws IOException;
    }

    private static void shifted(List<Path> lowers, List<Path> places, UserNamespace namespace, Mounting mounting)
            throws IOException {
        List<Path> mounted = new ArrayList<>();
        try {
            for (int i = 0; i < lowers.size(); i++) {
                attachShifted(lowers.get(i), places.get(i), namespace);
                mounted.add(places.get(i));
            }
            mounting.mount();
        } finally {
            for (Path place : mounted) {
                detach(place);
            }
        }
    }

    private static void attachShifted(Path lower, Path place, UserNamespace namespace) throws IOException {
        int copy = Kernel.openTreeClone(lower.toString());
        try {
            Kernel.mountSetIdmap(copy, namespace.descriptor());
            Kernel.moveMount(copy, place.toString());
        } finally {
            Kernel.close(copy);
        }
    }

    private static void attach(int mount, Path target) throws IOException {
        try {
            Kernel.moveMount(mount, target.toString());
        } finally {
            Kernel.close(mount);
        }
    }

    /** As {@link #overlay}, not attached anywhere yet: the descriptor is the caller's to attach and close. */
    public static int detachedOverlay(List<Path> lowers, Path upper, Path work) throws IOException {
        return detachedOverlay(lowers, upper, work, 0);
    }

    /** At least two layers, from the bottom up, as one tree to be read; attached nowhere, the descriptor is the caller's. */
    public static int detachedReadOnlyOverlay(List<Path> lowers) throws IOException {
        int context = Kernel.fsopen("overlay");
        try {
            Kernel.fsconfigString(context, "source", "overlay");
            for (Path lower : lowers.reversed()) {
                Kernel.fsconfigString(context, "lowerdir+", lower.toString());
            }
            Kernel.fsconfigCreate(context, "overlay of " + lowers.getLast());
            return Kernel.fsmount(context, Kernel.MOUNT_ATTR_NODEV);
        } finally {
            Kernel.close(context);
        }
    }

    private static int detachedOverlay(List<Path> lowers, Path upper, Path work, long attributes) throws IOException {
        return detachedOverlay(lowers, upper, work, attributes, Map.of());
    }

    /** @param options of a mount that makes a layer; none for a usual one */
    private static int detachedOverlay(
            List<Path> lowers, Path upper, Path work, long attributes, Map<String, String> options) throws IOException {
        int context = Kernel.fsopen("overlay");
        try {
            Kernel.fsconfigString(context, "source", "overlay");
            for (Path lower : lowers.reversed()) {
                Kernel.fsconfigString(context, "lowerdir+", lower.toString());
            }
            Kernel.fsconfigString(context, "upperdir", upper.toString());
            Kernel.fsconfigString(context, "workdir", work.toString());
            for (Map.Entry<String, String> option : options.entrySet()) {
                Kernel.fsconfigString(context, option.getKey(), option.getValue());
            }
            if (!options.isEmpty()) {
                Kernel.fsconfigFlag(context, "volatile");
            }
            Kernel.fsconfigCreate(context, "overlay on " + upper);
            return Kernel.fsmount(context, attributes);
        } finally {
            Kernel.close(context);
        }
    }

    public static void bind(Path source, Path target) throws IOException {
        Kernel.mount(source.toString(), target.toString(), "none", Kernel.MS_BIND, "");
    }

    /** Unmounts what is on top at {@code target}; EBUSY when it is in use. */
    public static void unmount(Path target) throws IOException {
        Kernel.umount2(target.toString(), 0);
    }

    /** Takes the mount out of the tree at once; the kernel lets go of it when the last user is gone. */
    public static void detach(Path target) throws IOException {
        Kernel.umount2(target.toString(), Kernel.MNT_DETACH);
    }

    /** Detaches everything mounted at or below {@code directory}, last first, and says how much that was. */
    public static int detachBelow(Path directory) throws IOException {
        Path real = directory.toRealPath();
        return detach(mount -> mount.target().startsWith(real));
    }

    /** As {@link #detachBelow}, but what is mounted at {@code directory} itself stays. */
    public static int detachInside(Path directory) throws IOException {
        Path real = directory.toRealPath();
        return detach(
                mount -> mount.target().startsWith(real) && !mount.target().equals(real));
    }

    private static int detach(Predicate<Mount> which) throws IOException {
        List<Mount> below = current().stream().filter(which).toList();
        for (Mount mount : below.reversed()) {
            detach(mount.target());
        }
        return below.size();
    }

    /** One line of {@code /proc/self/mountinfo} ({@code proc(5)}); {@code options} are those of the file system. */
    public record Mount(Path target, String type, String source, String options) {}

    /** All mounts of our namespace, in mount order. */
    public static List<Mount> current() throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String[] words = line.split(" ");
            int dash = 6;
            while (!words[dash].equals("-")) {
                dash++;
            }
            mounts.add(new Mount(
                    Path.of(unescaped(words[4])),
                    words[dash + 1],
                    unescaped(words[dash + 2]),
                    unescaped(words[dash + 3])));
        }
        return mounts;
    }

    public static boolean isMountPoint(Path target) throws IOException {
        Path real = target.toAbsolutePath().normalize();
        return current().stream().anyMatch(mount -> mount.target().equals(real));
    }

    /** mountinfo writes blank, tab, newline and backslash as three octal digits. */
    private static String unescaped(String word) {
        if (word.indexOf('\\') < 0) {
            return word;
        }
        var text = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) == '\\' && i + 3 < word.length()) {
                text.append((char) Integer.parseInt(word.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(word.charAt(i));
            }
        }
        return text.toString();
    }
}
