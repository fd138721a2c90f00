package dev.stencil.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.container.config.ContainerId;
import dev.stencil.host.Digest;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // locks are held, not used
class PrivateAreaTest {
    /** Ours to give without being root. */
    private static final IdRange UNSHIFTED = IdRange.HOST;

    @TempDir
    Path directory;

    @Test
    void isCompleteWhenItAppears() throws IOException {
        var layout = new HostLayout(directory);
        Path target = layout.at("/vz/private/301");
        Digest layer = Digest.of(new byte[0]);

        PrivateArea area;
        try (PrivateAreaDraft draft = PrivateAreaDraft.begin(target)) {
            Files.writeString(draft.fill(List.of(layer), UNSHIFTED, "host1").config(), "");
            assertThat(target).doesNotExist();
            area = draft.publish();
        }

        assertThat(area.path()).isEqualTo(target);
        assertThat(area.layers()).containsExactly(layer);
        assertThat(area.layersFile()).hasContent(layer.hex());
        assertThat(area.ids()).isEqualTo(UNSHIFTED);
        assertThat(Files.readSymbolicLink(area.layoutMark())).hasToString("6");
        assertThat(area.isMarked()).isTrue();
        assertThat(target.getParent().toFile().list()).containsExactly("301");
    }

    @Test
    void leavesNothingWhenAbandoned_andClearsWhatAKilledCommandLeft() throws IOException {
        Path target = directory.resolve("private/301");
        Path leftover = directory.resolve("private/301.private_temporary/fs/deep");
        Files.createDirectories(leftover);

        try (PrivateAreaDraft draft = PrivateAreaDraft.begin(target)) {
            draft.fill(List.of(), UNSHIFTED, "host1");
        }

        assertThat(directory.resolve("private")).isEmptyDirectory();
    }

    @Test
    void somethingAlreadyThereIsNotTouched() throws IOException {
        Path target = Files.createDirectories(directory.resolve("private/301"));
        Files.writeString(target.resolve("precious"), "x");

        assertThatThrownBy(() -> PrivateAreaDraft.begin(target))
                .isInstanceOfSatisfying(
                        StencilException.class,
                        e -> assertThat(e.fault().vzctlCode()).isEqualTo(44));

        assertThat(target.resolve("precious")).exists();
    }

    @Test
    void twoCommandsDoNotMakeTheSameArea() throws IOException {
        Path target = directory.resolve("private/301");

        try (PrivateAreaDraft held = PrivateAreaDraft.begin(target)) {
            assertThatThrownBy(() -> PrivateAreaDraft.begin(target))
                    .isInstanceOfSatisfying(
                            StencilException.class,
                            e -> assertThat(e.fault().vzctlCode()).isEqualTo(48));
        }
    }

    @Test
    void idRangesAreUniqueAndStay() throws IOException {
        var ranges = new IdRanges(new HostLayout(directory));
        var first = ContainerId.parse("301");
        var second = ContainerId.parse("4397"); // the same place in the table

        IdRange a = ranges.allocate(first);
        IdRange b = ranges.allocate(second);

        assertThat(a.base()).isNotEqualTo(b.base());
        assertThat(List.of(a.base() % 65536, b.base() % 65536)).containsOnly(0);
        assertThat(ranges.allocate(first)).isEqualTo(a);

        ranges.release(a, second);
        assertThat(ranges.allocate(second)).as("not the other's to release").isEqualTo(b);
        ranges.release(a, first);
        assertThat(ranges.allocate(ContainerId.parse("8493"))).isEqualTo(a);
    }

    @Test
    void aDamagedAreaIsNamed() throws IOException {
        var area = new PrivateArea(directory);
        Files.writeString(area.idsFile(), "many\n");

        assertThatThrownBy(area::ids).hasMessageContaining(area.idsFile().toString());
        assertThatThrownBy(() -> area.layers())
                .hasMessageContaining(area.layersFile().toString());
    }
}
