package dev.stencil.packages.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stencil.host.Arch;
import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockTest {
    private static final String ID = "6032b13c859ed0c19b402d53a88d78cecf27c5003e7f638f031082ec59281704";

    private final String example = new String(SampleLocks.appendixB(), StandardCharsets.UTF_8);

    @Test
    void theExampleOfTheSpecification_isWrittenAgainByteForByte() {
        Lock lock = SampleLocks.example();

        assertThat(lock.text()).isEqualTo(example);
        assertThat(lock.id()).isEqualTo(new Digest(ID));
        assertThat(lock.packages()).hasSize(5);
        assertThat(lock.packages().getFirst().packageName())
                .isEqualTo(new PackageName("busybox-static", "1:1.35.0-4+deb12u1+b1", "amd64"));
        assertThat(lock.template().buildName()).isEqualTo("container");
    }

    @Test
    void anotherTimeOfCreation_isAcceptedAndLeavesTheId() {
        Lock lock = parse(example.replace("2026-07-12T08:00:00Z", "2027-01-02T03:04:05Z"));

        assertThat(lock.id()).isEqualTo(new Digest(ID));
        assertThat(lock).isNotEqualTo(SampleLocks.example());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    lock-version = 1 | lock-version = 2 | its format is version 2, and only version 1 is known here
                    clock = 1783764997 | clock = 1783764998 | its id is not that of its content
                    clock = 1783764997 | clock = 01783764997 | line 11 is not in canonical form
                    clock = 1783764997 | clock = -5 | line 11: clock is not a number: -5
                    clock = 1783764997 | when = 1783764997 | [template] at line 3 lacks clock
                    manager = "apt" | manager = "apt"\\nmood = "good" | line 10: the key mood is not known in [template]
                    manager = "apt" | manager = apt | line 9: manager is not a text in double quotes: apt
                    manager = "apt" | manager = "" | in the table at line 3 manager is empty
                    [[package]] | [[bundle]] | line 36 begins a table that is not known
                    ref = "weak" | ref = "strong" | line 60 is not in canonical form
                    ref = "weak" | ref = "some" | in the table at line 49 ref is neither strong nor weak
                    why = ["hostname", "libgcc-s1"] | why = ["libgcc-s1", "hostname"] | why hostname is not at its place in the order
                    name = "gcc-12-base" | name = "z" | package hostname=3.23+nmu1:amd64 is not at its place in the order
                    revision = 1 | revision = 1\\nrevision = 1 | revision is there twice
                    created = 2026 | created = 02026 | created is
                    id = "r1" | id = "r2" | repository r2 stands where r1 belongs
                    repository = "r1" | repository = "r9" | package busybox-static comes from r9, which the lock does not have
                    """)
    void anEditedLock_isRefusedWithFileAndReason(String from, String to, String reason) {
        assertThat(example).contains(from);
        String edited = example.replaceFirst(java.util.regex.Pattern.quote(from), to.replace("\\n", "\n"));

        StencilException refused = catchThrowableOfType(StencilException.class, () -> parse(edited));

        assertThat(refused.fault()).isEqualTo(Fault.LOCK_DAMAGED);
        assertThat(refused.fault().vzpkgCode()).isEqualTo(91);
        assertThat(refused).hasMessageContaining("/locks/default.lock");
        assertThat(refused).hasMessageContaining(reason);
    }

    @Test
    void inputsThatDoNotGiveTheDigest_areRefusedAlsoWithARepairedId() {
        String edited = repaired(example.replace("path = \"packages\"", "path = \"packaget\""));

        StencilException refused = catchThrowableOfType(StencilException.class, () -> parse(edited));

        assertThat(refused).hasMessageContaining("the digest of its template is not that of its inputs");
    }

    @Test
    void aRepairedId_makesAnEditedLockWholeAgain() {
        Lock lock = parse(repaired(example.replace("clock = 1783764997", "clock = 1783764998")));

        assertThat(lock.template().clock()).isEqualTo(1_783_764_998);
    }

    @Test
    void aCutOffLock_isRefusedAtEveryByte() {
        byte[] whole = SampleLocks.appendixB();

        for (int length = 0; length < whole.length; length++) {
            byte[] part = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Lock.parse(part, "cut.lock"))
                    .as("the first %d bytes", length)
                    .isInstanceOf(StencilException.class);
        }
    }

    @Test
    void keys_areWrittenInTheOrderOfTheSpecification() {
        Map<String, List<String>> specified = Map.of(
                "[template]",
                List.of("name", "set", "arch", "apps", "build", "flavor", "manager", "digest", "clock"),
                "[[input]]",
                List.of("path", "sha256"),
                "[[repository]]",
                List.of("id type url suite components labels arch metadata dated signed-by snapshot".split(" ")),
                "[[image]]",
                List.of("url", "sha256", "size", "format", "strip", "root", "exclude"),
                "[[package]]",
                List.of(("name epoch version arch flavor repository location size sha256 installed-size source module"
                                + " stage ref default why")
                        .split(" ")),
                "[provenance]",
                List.of("id", "revision", "parent", "created", "created-by"));

        Map<String, Set<String>> written = new HashMap<>();
        for (long seed = 0; seed < 100; seed++) {
            String header = "";
            int last = -1;
            for (String line :
                    new RandomLocks(seed).next().text().lines().skip(1).toList()) {
                if (line.startsWith("[")) {
                    header = line;
                    last = -1;
                } else if (!line.isEmpty()) {
                    String key = line.substring(0, line.indexOf(" = "));
                    int place = specified.get(header).indexOf(key);
                    assertThat(place).as("%s in %s", key, header).isGreaterThan(last);
                    last = place;
                    written.computeIfAbsent(header, ignored -> new HashSet<>()).add(key);
                }
            }
        }

        specified.forEach((header, keys) -> assertThat(written.get(header)).containsAll(keys));
    }

    @Test
    void withoutFlavors_theBuildHasNoNameAndTheFlavorIsTheInstructionSet() {
        var template = new LockedTemplate("debian-12-x86_64", Optional.empty(), Arch.X86_64, List.of(), "apt", 0);

        assertThat(template.flavor()).isEqualTo("is: x86_64");
        assertThat(template.buildName()).isEqualTo("default");
    }

    @Test
    void orderIsByCodePoint_alsoBeyondTheBasicPlane() {
        assertThat(LockRules.BY_CODE_POINT.compare("\uFFFD", "\uD83D\uDE00")).isNegative();
        assertThat(LockRules.BY_CODE_POINT.compare("Z", "a")).isNegative();
        assertThat(LockRules.BY_CODE_POINT.compare("a", "ab")).isNegative();
    }

    @Test
    void twiceTheSamePackage_isRefused() {
        LockedPackage one = SampleLocks.locked("hello", "1.0");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleLocks.of(one, one))
                .withMessageContaining("hello=1.0:amd64 is there twice");
    }

    @ParameterizedTest
    @CsvSource({"1:2.0-1, 1, 2.0-1", "2.0-1, 0, 2.0-1", "x:1, 0, x:1", "0:3, 0, 3"})
    void anEpochIsKeptApart(String full, long epoch, String version) {
        var identity = LockedPackage.Identity.of(new PackageName("p", full, "all"));

        assertThat(identity.epoch()).isEqualTo(epoch);
        assertThat(identity.version()).isEqualTo(version);
    }

    @Test
    void aFile_isReadOrNamedWhenAbsent(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("default.lock");

        assertThat(catchThrowableOfType(StencilException.class, () -> Lock.read(file)))
                .hasMessageContaining(file.toString())
                .extracting(StencilException::fault)
                .isEqualTo(Fault.FILE_NOT_FOUND);

        Files.write(file, SampleLocks.appendixB());
        assertThat(Lock.read(file)).isEqualTo(SampleLocks.example());
    }

    private static Lock parse(String text) {
        return Lock.parse(text.getBytes(StandardCharsets.UTF_8), "/locks/default.lock");
    }

    /** As somebody does who edits a lock and knows the rule for the id. */
    private static String repaired(String text) {
        int end = text.indexOf("\n\n[provenance]") + 1;
        return text.replace(ID, LockText.id(text.substring(0, end)).hex());
    }
}
