package dev.stencil.packages.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.packages.PackageName;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockWhyTest {
    @Test
    void why_isAShortestChainFromAList() {
        assertThat(LockWhy.of(SampleLocks.example(), "gcc-12-base"))
                .singleElement()
                .extracting(LockWhy::text)
                .isEqualTo(
                        """
                        gcc-12-base 12.2.0-14+deb12u1 amd64, stage 2, weak
                          packages -> hostname -> libc6 -> libgcc-s1 -> gcc-12-base
                          asked for by libgcc-s1
                        """);
    }

    @Test
    void aPackageThatIsNotThere_hasNoAnswer() {
        assertThat(LockWhy.of(SampleLocks.example(), "systemd")).isEmpty();
        assertThat(LockWhy.of(SampleLocks.example(), "libc6:i386")).isEmpty();
        assertThat(LockWhy.of(SampleLocks.example(), "libc6:amd64")).hasSize(1);
    }

    @Test
    void packagesThatAskForEachOtherOnly_areTheirOwnChain() {
        Lock lock = SampleLocks.of(SampleLocks.locked("a", "1", "b"), SampleLocks.locked("b", "1", "a"));

        assertThat(LockWhy.of(lock, "a").getFirst().chain()).containsExactly("a");
        assertThat(LockTree.of(lock).text())
                .isEqualTo(
                        """
                        asked for by nobody
                        ├── a 1
                        │   └── b 1
                        │       └── a 1 (*)
                        └── b 1 (*)
                        """);
    }

    @Test
    void twoArchitectures_areToldApart() {
        LockedPackage own = SampleLocks.locked("lib", "1");
        LockedPackage foreign = new LockedPackage(
                LockedPackage.Identity.of(new PackageName("lib", "1", "i386")),
                own.file(),
                own.origin(),
                new LockedPackage.Membership(2, LockedPackage.Reference.WEAK, true, List.of("app")));
        Lock lock = SampleLocks.of(own, foreign, SampleLocks.locked("app", "1"));

        assertThat(LockWhy.of(lock, "lib"))
                .extracting(why -> String.join(" ", why.chain()))
                .containsExactly("packages lib:amd64", "packages app lib:i386");
    }

    @Test
    void tree_showsWhatAPackageNeedsOnce() {
        assertThat(LockTree.of(SampleLocks.example()).text())
                .isEqualTo(
                        """
                        packages
                        ├── busybox-static 1:1.35.0-4+deb12u1+b1
                        └── hostname 3.23+nmu1
                            └── libc6 2.36-9+deb12u14
                                └── libgcc-s1 12.2.0-14+deb12u1
                                    ├── gcc-12-base 12.2.0-14+deb12u1
                                    └── libc6 2.36-9+deb12u14 (*)
                        """);
    }

    @Test
    void aVeryDeepLock_isDrawnWithoutRecursion() {
        int depth = 20_000;
        LockedPackage[] packages = new LockedPackage[depth];
        for (int i = 0; i < depth; i++) {
            packages[i] = i == 0 ? SampleLocks.locked("p0", "1") : SampleLocks.locked("p" + i, "1", "p" + (i - 1));
        }
        Lock lock = SampleLocks.of(packages);

        assertThat(LockTree.of(lock).lines()).hasSize(depth + 1);
        assertThat(LockTree.of(lock).text()).hasSizeLessThan(10_000_000);
        assertThat(LockWhy.of(lock, "p19999").getFirst().chain()).hasSize(depth + 1);
    }
}
