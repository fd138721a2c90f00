package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.packages.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestSourcesTest {
    private static final List<Repository> REPOSITORIES = List.of(
            new Repository("base0", "http://deb.example/debian bookworm main"),
            new Repository("base1", "file:/srv/debian bookworm main"),
            new Repository("base2", "https://sec.example/debian-security bookworm-security main"));

    @TempDir
    Path directory;

    private Path list;

    @BeforeEach
    void installApt() throws IOException {
        Files.createDirectories(directory.resolve("etc/apt/sources.list.d"));
        list = directory.resolve("etc/apt/sources.list");
    }

    @Test
    void theGuestGetsTheRepositoriesItCanReach() throws IOException {
        write();

        assertThat(list)
                .hasContent(
                        """
                        deb http://deb.example/debian bookworm main
                        deb https://sec.example/debian-security bookworm-security main
                        """);
    }

    @Test
    void repositoriesOutOfReachGiveAListWithoutLines_soThatEachHostMakesTheSameFiles() throws IOException {
        try (Root root = Root.open(directory)) {
            new GuestSources(root, Owner.ROOT).write(REPOSITORIES.subList(1, 2));
        }

        assertThat(list).isEmptyFile();
    }

    @Test
    void sourcesOfItsOwnStay() throws IOException {
        Files.writeString(directory.resolve("etc/apt/sources.list.d/mine.sources"), "");

        write();

        assertThat(list).doesNotExist();
    }

    @Test
    void anExistingListStays() throws IOException {
        Files.writeString(list, "# mine\n");

        write();

        assertThat(list).hasContent("# mine");
    }

    @Test
    void aGuestWithoutAptGetsNone() throws IOException {
        Files.delete(directory.resolve("etc/apt/sources.list.d"));
        Files.delete(directory.resolve("etc/apt"));

        write();

        assertThat(directory.resolve("etc/apt")).doesNotExist();
    }

    @Test
    void aLinkInTheGuestLeadsNowhereOutside() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path guest = Files.createDirectories(directory.resolve("guest/etc"));
        Files.createSymbolicLink(guest.resolve("apt"), outside);

        try (Root root = Root.open(directory.resolve("guest"))) {
            new GuestSources(root, Owner.ROOT).write(REPOSITORIES);
        }

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void move_putsTheNextReleaseInPlaceOfTheFormer() throws IOException {
        write();

        assertThat(move()).isTrue();

        assertThat(list).hasContent("deb http://deb.example/debian trixie main\n");
    }

    @Test
    void move_leavesAListAloneThatSomebodyHasChanged() throws IOException {
        write();
        Files.writeString(list, Files.readString(list) + "deb http://mine.example/ bookworm main\n");
        String before = Files.readString(list);

        assertThat(move()).isFalse();

        assertThat(list).hasContent(before);
    }

    @Test
    void move_bringsNoListWhereThereIsNone() throws IOException {
        assertThat(move()).isTrue();

        assertThat(list).doesNotExist();
    }

    private boolean move() throws IOException {
        try (Root root = Root.open(directory)) {
            return new GuestSources(root, Owner.ROOT)
                    .move(REPOSITORIES, List.of(new Repository("base0", "http://deb.example/debian trixie main")));
        }
    }

    private void write() throws IOException {
        try (Root root = Root.open(directory)) {
            new GuestSources(root, Owner.ROOT).write(REPOSITORIES);
        }
    }
}
