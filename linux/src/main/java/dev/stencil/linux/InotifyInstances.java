package dev.stencil.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Instances of {@code inotify(7)}, of which a user has a limited number at a time. Those of root cover the ones of all users in
 * user namespaces that root has made: guests draw on the same number as the host's services.
 */
public final class InotifyInstances {
    /** The setting that limits them, as {@code sysctl(8)} calls it. */
    public static final String SETTING = "fs.inotify.max_user_instances";

    private static final Path LIMIT = Path.of("/proc/sys/fs/inotify/max_user_instances");

    private InotifyInstances() {}

    /** How many a user may have. */
    public static int limit() throws IOException {
        return Integer.parseInt(Files.readString(LIMIT).strip());
    }

    /**
     * Whether {@code wanted} more can be had at this moment. Takes them and gives them back at once, a tenth of a millisecond:
     * the kernel tells the number in use nowhere, and looking through the descriptors of all processes would be slow.
     */
    public static boolean areFree(int wanted) throws IOException {
        List<Integer> taken = new ArrayList<>();
        try {
            while (taken.size() < wanted) {
                taken.add(Kernel.inotifyInit1());
            }
            return true;
        } catch (Errno e) {
            if (e.number() == Errno.EMFILE) {
                return false;
            }
            throw e;
        } finally {
            taken.forEach(Kernel::close);
        }
    }
}
