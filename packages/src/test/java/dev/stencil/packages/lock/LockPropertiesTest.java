package dev.stencil.packages.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LockPropertiesTest {
    private final byte[] example = SampleLocks.appendixB();
    private final int bodyLength = new String(example, StandardCharsets.UTF_8).indexOf("\n\n[provenance]") + 1;

    @Property(tries = 500)
    void whatIsWritten_isReadBack(@ForAll long seed) {
        Lock lock = new RandomLocks(seed).next();

        String text = lock.text();
        Lock again = Lock.parse(text.getBytes(StandardCharsets.UTF_8), "random.lock");

        assertThat(again).isEqualTo(lock);
        assertThat(again.text()).isEqualTo(text);
        assertThat(again.id()).isEqualTo(lock.id());
    }

    @Property(tries = 3000)
    void everyChangedByteOfTheBody_isRefused(@ForAll @IntRange(min = 0, max = 1_000_000) int place, @ForAll byte by) {
        byte[] changed = example.clone();
        changed[place % bodyLength] ^= by == 0 ? 1 : by;

        assertThat(faultOf(changed)).isEqualTo(Fault.LOCK_DAMAGED);
    }

    /** Takes pieces out, doubles them, swaps bytes: whatever comes of it is either the same lock or refused. */
    @Property(tries = 3000)
    void hostileText_failsOnlyAsADamagedLock(@ForAll long seed) {
        var random = new Random(seed);
        byte[] text = new RandomLocks(seed).next().text().getBytes(StandardCharsets.UTF_8);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            text = mutated(text, random);
        }

        assertThat(faultOf(text)).isIn(Fault.LOCK_DAMAGED, null);
    }

    @Property(tries = 1000)
    void anyBytes_failOnlyAsADamagedLock(@ForAll byte[] content) {
        assertThat(faultOf(content)).isEqualTo(Fault.LOCK_DAMAGED);
    }

    private static byte[] mutated(byte[] text, Random random) {
        if (text.length == 0) {
            return new byte[] {'['};
        }
        int from = random.nextInt(text.length);
        int to = Math.min(text.length, from + random.nextInt(60));
        var out = new java.io.ByteArrayOutputStream();
        out.write(text, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> {} // the piece is gone
            case 1 -> {
                out.write(text, from, to - from);
                out.write(text, from, to - from);
            }
            case 2 -> out.write("\\\"[]= \n,u#".charAt(random.nextInt(10)));
            default -> out.write(random.nextInt(256));
        }
        out.write(text, to, text.length - to);
        return out.toByteArray();
    }

    /** Null when it is accepted. */
    private static Fault faultOf(byte[] content) {
        try {
            Lock.parse(content, "hostile.lock");
            return null;
        } catch (StencilException e) {
            return e.fault();
        }
    }
}
