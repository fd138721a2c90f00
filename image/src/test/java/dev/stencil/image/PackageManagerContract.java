package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Progress;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this room relies on when it uses a package manager; held by the fake and by the real one alike. */
interface PackageManagerContract {
    PackageManager manager();

    PackageSource source() throws IOException;

    /** Packages that the source has, the bootstrap ones first. */
    List<String> names();

    /** Whether the package of that name has arrived in {@code root}. */
    boolean isThere(Path root, String name);

    @Test
    default void resolve_givesAnExactPackageForEachName() throws IOException {
        assertThat(plan().install()).extracting(file -> file.name().name()).containsAll(names());
    }

    @Test
    default void populate_installsExactlyThePlan(@TempDir Path directory) throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        Resolution plan = fetched();

        manager().populate(source(), root, plan, new Recorded(this), Progress.NONE);

        List<PackageName> planned =
                plan.install().stream().map(PackageFile::name).toList();
        assertThat(manager().installed(root))
                .extracting(InstalledPackage::name)
                .containsExactlyInAnyOrderElementsOf(planned);
    }

    @Test
    default void populate_runsHooksAtTheirPlaces(@TempDir Path directory) throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        var recorded = new Recorded(this);

        manager().populate(source(), root, fetched(), recorded, Progress.NONE);

        assertThat(recorded.calls).containsExactly("before: none", "bootstrap: a shell", "after: all of them, a shell");
    }

    private Resolution plan() throws IOException {
        manager().refresh(source(), Freshness.ALWAYS, Progress.NONE);
        return manager().resolve(source(), new PackageRequest.Install(names()));
    }

    private Resolution fetched() throws IOException {
        Resolution plan = plan();
        manager().fetch(source(), plan, Progress.NONE);
        return plan;
    }

    /** Writes down what is there when each hook runs. */
    final class Recorded implements BuildHooks {
        private final PackageManagerContract contract;
        private final List<String> calls = new ArrayList<>();

        Recorded(PackageManagerContract contract) {
            this.contract = contract;
        }

        @Override
        public Instant clock() {
            return Instant.parse("2026-05-04T03:02:01Z");
        }

        @Override
        public void beforePackages(Path root) {
            boolean none = contract.names().stream().noneMatch(name -> contract.isThere(root, name));
            calls.add("before: " + (none ? "none" : "some"));
        }

        @Override
        public void afterBootstrap(Path root, ProgramRunner inside) {
            calls.add("bootstrap: " + shell(root, inside));
        }

        @Override
        public void afterPackages(Path root, ProgramRunner inside) {
            boolean all = contract.names().stream().allMatch(name -> contract.isThere(root, name));
            calls.add("after: " + (all ? "all of them, " : "not all, ") + shell(root, inside));
        }

        private static String shell(Path root, ProgramRunner inside) {
            try {
                Files.writeString(root.resolve("probe"), "exit 0\n");
                boolean works = inside.run(Program.of("bash", "/probe")).isSuccess();
                Files.delete(root.resolve("probe"));
                return works ? "a shell" : "no shell";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
