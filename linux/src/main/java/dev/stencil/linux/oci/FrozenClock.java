package dev.stencil.linux.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A constant time for the programs of a sandbox: a preloaded library for those that are linked dynamically, and
 * {@code SOURCE_DATE_EPOCH} for those that ask for it. The kernel's own time stamps are not changed by it, nor what static
 * programs read; who needs files of equal times sets them afterwards (decision 0064).
 *
 * <p>The library is named in {@code /etc/ld.so.preload}, so that a script that empties its environment or a program with a
 * privileged group does not get past it. The linker replaces {@code $LIB} by the directory of libraries of its machine,
 * so one line serves all machines a root may hold.
 */
record FrozenClock(Instant time) {
    /** Covered while the sandbox runs. */
    static final String PRELOAD = "etc/ld.so.preload";

    private static final String DIRECTORY = "/dev/stencil-clock";
    private static final String LIBRARY = "clock.so";

    /** Where {@code $LIB} leads on Debian and on the distributions of the rpm family. */
    private static final List<String> PLACES_64 = List.of("lib/x86_64-linux-gnu", "lib64");

    private static final List<String> PLACES_32 = List.of("lib/i386-linux-gnu", "lib");

    /** Whether there is a library for this machine; elsewhere only {@code SOURCE_DATE_EPOCH} is set. */
    static boolean hasLibrary() {
        return System.getProperty("os.arch").equals("amd64");
    }

    /** What is to be mounted; the files are made in {@code bundle}. */
    List<OciMount> mounts(Path bundle) throws IOException {
        List<OciMount> mounts = new ArrayList<>();
        add(mounts, bundle.resolve("clock-64.so"), ClockLibrary.X86_64, PLACES_64);
        add(mounts, bundle.resolve("clock-32.so"), ClockLibrary.I386, PLACES_32);
        Path preload = Files.writeString(bundle.resolve("ld.so.preload"), DIRECTORY + "/$LIB/" + LIBRARY + "\n");
        mounts.add(OciMount.readOnlyBind(preload, "/" + PRELOAD));
        return mounts;
    }

    private void add(List<OciMount> mounts, Path file, ClockLibrary library, List<String> places) throws IOException {
        Files.write(file, library.bytes(time.getEpochSecond()));
        for (String place : places) {
            mounts.add(OciMount.readOnlyProgram(file, DIRECTORY + "/" + place + "/" + LIBRARY));
        }
    }

    /** Asked for by tools of many distributions instead of the time of day; see reproducible-builds.org. */
    Map<String, String> environment() {
        return Map.of("SOURCE_DATE_EPOCH", Long.toString(time.getEpochSecond()));
    }
}
