package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Resolution.Step.Configure;
import dev.stencil.packages.Resolution.Step.Remove;
import dev.stencil.packages.Resolution.Step.Unpack;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DpkgBatchTest {
    private static final PackageName A = new PackageName("a", "1", "amd64");
    private static final PackageName B = new PackageName("b", "1", "all");

    @Test
    void of_keepsTheOrderOfThePlanAndPutsNeighboursTogether() {
        var batches = DpkgBatch.of(plan(List.of(
                new Remove(A), new Unpack(A), new Unpack(B), new Configure(B), new Configure(A), new Unpack(B))));

        assertThat(batches)
                .containsExactly(
                        new DpkgBatch(DpkgBatch.Kind.REMOVE, List.of(A)),
                        new DpkgBatch(DpkgBatch.Kind.UNPACK, List.of(A, B)),
                        new DpkgBatch(DpkgBatch.Kind.CONFIGURE, List.of(B, A)),
                        new DpkgBatch(DpkgBatch.Kind.UNPACK, List.of(B)));
    }

    @Test
    void of_splitsRunsWhoseCommandLineWouldBeTooLong() {
        var batches = DpkgBatch.of(plan(Collections.nCopies(1200, new Unpack(A))));

        assertThat(batches).extracting(batch -> batch.packages().size()).containsExactly(500, 500, 200);
    }

    @Test
    void of_isEmptyForNothingToDo() {
        assertThat(DpkgBatch.of(plan(List.of()))).isEmpty();
    }

    private static Resolution plan(List<Resolution.Step> steps) {
        return new Resolution(List.of(), List.of(), List.of(), steps);
    }
}
