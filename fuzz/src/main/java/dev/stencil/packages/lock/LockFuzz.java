package dev.stencil.packages.lock;

import dev.stencil.fuzz.Input;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Locks: accepted only when they are written exactly as we write them (spec conary 9.4). */
public final class LockFuzz {
    private LockFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Lock lock;
        try {
            lock = Lock.parse(input, "fuzzed.lock");
        } catch (StencilException e) {
            Input.demand(e.fault() != Fault.INTERNAL, e.toString());
            return;
        }
        byte[] written = lock.text().getBytes(StandardCharsets.UTF_8);
        Input.demand(Arrays.equals(written, input), "a lock that is not canonical was accepted");
        Input.demand(LockDiff.between(lock, lock).isEmpty(), "a lock differs from itself");
    }
}
