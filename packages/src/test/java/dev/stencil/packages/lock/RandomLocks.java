package dev.stencil.packages.lock;

import dev.stencil.host.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Locks with anything that a lock may hold. */
final class RandomLocks {
    private static final String LETTERS = "abzAZ019+-.~_:/ $[]=#\"\\\t\n\u0000\u007f\u0085é\uFFFD";

    private final Random random;
    private final boolean hasPairs;

    RandomLocks(long seed) {
        this(seed, true);
    }

    private RandomLocks(long seed, boolean hasPairs) {
        this.random = new Random(seed);
        this.hasPairs = hasPairs;
    }

    /** Without characters of two code units, which Jackson's reader of TOML loses where its buffer ends between the two. */
    static RandomLocks withoutPairs(long seed) {
        return new RandomLocks(seed, false);
    }

    Lock next() {
        List<LockedRepository> repositories = new ArrayList<>();
        int repositoryCount = 1 + random.nextInt(3);
        for (int i = 1; i <= repositoryCount; i++) {
            repositories.add(repository("r" + i));
        }
        var inputs = new TreeMap<String, LockedInput>(LockRules.BY_CODE_POINT);
        words(4).forEach(path -> inputs.put(path, new LockedInput(path, digest())));
        var packages = new TreeMap<LockedPackage, LockedPackage>(LockedPackage.ORDER);
        for (int i = random.nextInt(12); i > 0; i--) {
            LockedPackage one = lockedPackage(repositoryCount);
            packages.put(one, one);
        }
        List<LockedImage> images = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            images.add(image());
        }
        return new Lock(
                template(),
                List.copyOf(inputs.values()),
                repositories,
                images,
                List.copyOf(packages.values()),
                new Provenance(random.nextInt(50), maybeDigest(), time(), word()));
    }

    private LockedTemplate template() {
        return new LockedTemplate(word(), maybe(), word(), words(3), maybe(), word(), word(), number());
    }

    private LockedRepository repository(String id) {
        return new LockedRepository(
                id,
                word(),
                word(),
                new LockedRepository.Part(maybe(), words(3), words(2), maybe()),
                new LockedRepository.State(
                        maybeDigest(),
                        random.nextBoolean() ? Optional.of(time()) : Optional.empty(),
                        sorted(3),
                        maybe()));
    }

    private LockedImage image() {
        return new LockedImage(word(), digest(), number(), maybe(), random.nextInt(3), maybe(), words(2));
    }

    private LockedPackage lockedPackage(int repositories) {
        return new LockedPackage(
                new LockedPackage.Identity(word(), random.nextInt(3), word(), word(), maybe()),
                new LockedPackage.File("r" + (1 + random.nextInt(repositories)), word(), number(), digest()),
                new LockedPackage.Origin(
                        random.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty(), maybe(), maybe()),
                new LockedPackage.Membership(
                        random.nextInt(5),
                        random.nextBoolean() ? LockedPackage.Reference.STRONG : LockedPackage.Reference.WEAK,
                        random.nextBoolean(),
                        sorted(4)));
    }

    private String word() {
        var word = new StringBuilder();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            word.append(
                    hasPairs && random.nextInt(20) == 0
                            ? "\uD83D\uDE00"
                            : LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    private List<String> words(int most) {
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            words.add(word());
        }
        return words;
    }

    private List<String> sorted(int most) {
        var sorted = new TreeSet<String>(LockRules.BY_CODE_POINT);
        sorted.addAll(words(most));
        return List.copyOf(sorted);
    }

    private Optional<String> maybe() {
        return random.nextBoolean() ? Optional.of(word()) : Optional.empty();
    }

    private Optional<Digest> maybeDigest() {
        return random.nextBoolean() ? Optional.of(digest()) : Optional.empty();
    }

    private Digest digest() {
        return SampleLocks.digest(String.valueOf(random.nextLong()));
    }

    private long number() {
        return random.nextLong(1L << (1 + random.nextInt(50)));
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L));
    }
}
