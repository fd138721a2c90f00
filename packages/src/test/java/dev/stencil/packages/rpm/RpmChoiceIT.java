package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TestDistribution;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.Choice;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked in one breath or remembered is what would be answered one by one. */
class RpmChoiceIT {
    private static final PackageRequest.Install WANTED =
            new PackageRequest.Install(List.of((TestDistribution.MINI + " fx-tools").split(" ")));

    @TempDir
    Path temporary;

    private RpmWorld world;
    private PackageSource source;

    @BeforeEach
    void open() throws IOException {
        world = RpmWorld.in(temporary);
        source = world.release9();
        world.manager.refresh(source, Freshness.WHEN_EXPIRED, Progress.NONE);
    }

    @Test
    void choose_tellsWhatThreeQuestionsTell() {
        for (RpmPackageManager manager : List.of(world.manager, world.zypper)) {
            Choice choice = manager.choose(source, WANTED);

            Resolution resolution = manager.resolve(source, WANTED);
            assertThat(choice.resolution()).isEqualTo(resolution);
            assertThat(choice.offers()).isEqualTo(manager.offers(source, resolution));
            assertThat(choice.relations().members())
                    .isEqualTo(manager.relations(source, resolution).members())
                    .anySatisfy(one -> assertThat(one.requirements()).isNotEmpty());
            assertThat(choice.relations().meant("rtld(GNU_HASH)"))
                    .isNotEmpty()
                    .isEqualTo(manager.relations(source, resolution).meant("rtld(GNU_HASH)"));
        }
    }

    @Test
    void aDnfThatWasBegunAhead_answersAsOneThatWasNot() {
        Resolution plain = world.manager.resolve(source, WANTED);

        world.manager.expectQuestion(source);
        assertThat(world.manager.resolve(source, WANTED)).isEqualTo(plain);
        assertThat(world.manager.resolve(source, WANTED)).isEqualTo(plain);
    }

    @Test
    void zyppersLists_areMadeOnceForEachState_andNoQuestionChangesThem() throws IOException {
        world.zypper.resolve(source, WANTED);
        List<String> before = lists();
        world.zypper.resolve(source, WANTED);
        assertThat(lists()).isNotEmpty().isEqualTo(before);
    }

    /** Paths and times of change. */
    private List<String> lists() throws IOException {
        try (Stream<Path> all = Files.walk(temporary.resolve("pm"))) {
            List<String> found = new ArrayList<>();
            for (Path path : all.sorted().toList()) {
                if (path.toString().contains("/zypper-")) {
                    found.add(path + " "
                            + Files.getAttribute(path, "unix:ctime", java.nio.file.LinkOption.NOFOLLOW_LINKS));
                }
            }
            return found;
        }
    }

    @Test
    void signatures_areCheckedOnceForEachSetOfKeys() {
        Resolution plan = world.manager.resolve(source, WANTED);
        world.store.fetch(plan.install(), Progress.NONE);
        List<String> runs = new ArrayList<>();
        ProgramRunner counting = new ProgramRunner() {
            @Override
            public Finished run(Program program) throws IOException {
                runs.add(program.argv().getFirst());
                return world.host.run(program);
            }

            @Override
            public Process start(Program program) throws IOException {
                return world.host.start(program);
            }
        };

        for (int time = 0; time < 2; time++) {
            DnfState state = DnfState.open(counting, source, Clock.systemUTC());
            new PackageSignatures(counting, state, world.store::path).require(plan.install());
        }
        assertThat(runs).as("one import, one check").containsExactly("rpmkeys", "rpmkeys");

        PackageSource strange = world.source(
                List.of(new Repository("base0", world.distribution.url() + "/9/os")),
                List.of(world.distribution.strangerKey()));
        DnfState state = DnfState.open(counting, strange, Clock.systemUTC());
        assertThatThrownBy(() -> new PackageSignatures(counting, state, world.store::path).require(plan.install()))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("None of the template's keys vouches for");
    }
}
