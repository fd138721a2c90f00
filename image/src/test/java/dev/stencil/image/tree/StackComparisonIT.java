package dev.stencil.image.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real layers, made by a real overlay: whiteouts and opaque directories need root. */
class StackComparisonIT {
    @TempDir
    Path directory;

    private Path base;

    @BeforeEach
    void makeBase() throws IOException {
        base = Files.createDirectory(directory.resolve("base"));
        shell(
                base,
                "mkdir -p etc/conf.d usr/bin; echo one >etc/passwd; echo a >etc/conf.d/a; echo b >etc/conf.d/b;"
                        + " echo x >usr/bin/x; chmod 755 usr/bin/x; ln -s x usr/bin/y");
    }

    @Test
    void equalStacks_doNotDiffer_howeverManyLayersTheyShare() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        assertThat(StackComparison.between(TreeStack.of(List.of(base)), TreeStack.of(List.of(base))))
                .isEmpty();
        assertThat(shown(List.of(base), List.of(base, empty))).isEmpty();
    }

    @Test
    void changesOfALayer_areToldWithWhatDiffers() throws IOException {
        Path top = changed(
                "echo two >etc/passwd; chmod 4711 usr/bin/x; chown 100:7 usr/bin; ln -sf z usr/bin/y; rm -r etc/conf.d;"
                        + " mkdir -p srv/www; echo i >srv/www/index; echo same >etc/same");

        assertThat(shown(List.of(base), List.of(base, top)))
                .containsExactly(
                        "- /etc/conf.d",
                        "- /etc/conf.d/a",
                        "- /etc/conf.d/b",
                        "~ /etc/passwd  content",
                        "+ /etc/same",
                        "+ /srv",
                        "+ /srv/www",
                        "+ /srv/www/index",
                        "~ /usr/bin  owner 0:0 -> 100:7",
                        "~ /usr/bin/x  mode 0755 -> 4711",
                        "~ /usr/bin/y  content");
    }

    @Test
    void aDirectoryMadeAnew_hidesWhatWasThere() throws IOException {
        Path top = changed("rm -r etc/conf.d; mkdir etc/conf.d; echo a >etc/conf.d/a; echo c >etc/conf.d/c");

        assertThat(shown(List.of(base), List.of(base, top))).containsExactly("- /etc/conf.d/b", "+ /etc/conf.d/c");
    }

    @Test
    void aFileInPlaceOfADirectory_isAnotherKind() throws IOException {
        Path top = changed("rm -r etc/conf.d; echo >etc/conf.d");

        assertThat(shown(List.of(base), List.of(base, top)))
                .containsExactly("~ /etc/conf.d  kind", "- /etc/conf.d/a", "- /etc/conf.d/b");
        assertThat(shown(List.of(base, top), List.of(base)))
                .containsExactly("~ /etc/conf.d  kind", "+ /etc/conf.d/a", "+ /etc/conf.d/b");
    }

    @Test
    void aFileThatWasTouchedOnly_doesNotDiffer() throws IOException {
        Path top = changed("touch -d 2001-01-01 etc/passwd; cp -a usr/bin/x usr/bin/n; mv usr/bin/n usr/bin/x");

        assertThat(shown(List.of(base), List.of(base, top))).isEmpty();
    }

    @Test
    void numbersOfALayer_areTakenAsInside() throws IOException {
        Path top = Files.createDirectory(directory.resolve("shifted"));
        shell(top, "mkdir etc; echo one >etc/passwd; chown -R 100000:100000 .; chown 100042 etc/passwd");

        List<FileDifference> found = StackComparison.between(
                TreeStack.of(List.of(base)),
                new TreeStack(List.of(new TreeStack.Layer(base, 0), new TreeStack.Layer(top, 100_000))));

        assertThat(found).extracting(FileDifference::shown).containsExactly("~ /etc/passwd  owner 0:0 -> 42:0");
    }

    @Test
    void linksOfALayer_leadNowhere() throws IOException {
        Path secret = Files.createDirectory(directory.resolve("secret"));
        Files.writeString(secret.resolve("key"), "k");
        Path top = Files.createDirectory(directory.resolve("evil"));
        Files.createSymbolicLink(top.resolve("etc"), secret);

        assertThat(shown(List.of(base), List.of(base, top)))
                .contains("~ /etc  kind", "- /etc/passwd")
                .noneMatch(line -> line.contains("key"));
    }

    @Test
    void namesThatAreNoText_areShownAsOneWord() throws IOException {
        Path top = changed("touch \"$(printf 'a\\nb \\377')\"");

        assertThat(shown(List.of(base), List.of(base, top))).containsExactly("+ /a\\012b\\040\\377");
    }

    /** Random changes in two overlays, each of two layers: the answer must be that of the mounted trees. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyTwoStacks_differAsTheirMountedTreesDo(long seed) throws IOException {
        var random = new Random(seed);
        List<Path> one = new ArrayList<>(List.of(base));
        List<Path> two = new ArrayList<>(List.of(base));
        for (int i = 0; i < 2; i++) {
            one.add(changed(one, randomScript(random)));
            two.add(i == 0 && seed % 2 == 0 ? one.getLast() : changed(two, randomScript(random)));
        }

        List<String> found = shown(one, two).stream()
                .map(line -> line.substring(0, 1) + line.substring(1).replaceAll("  .*", ""))
                .toList();

        assertThat(found).containsExactlyInAnyOrderElementsOf(mountedDifferences(one, two));
    }

    private static String randomScript(Random random) {
        var script = new StringBuilder();
        List<String> places =
                List.of("etc", "etc/conf.d", "usr", "usr/bin", "new", "new/deep", "etc/conf.d/a", "usr/bin/x");
        for (int i = 0; i < 12; i++) {
            String place = places.get(random.nextInt(places.size()));
            String name = place + "/" + (char) ('a' + random.nextInt(4));
            script.append(
                    switch (random.nextInt(7)) {
                        case 0 -> "rm -rf " + place;
                        case 1 -> "rm -rf " + place + "; mkdir -p " + place;
                        case 2 -> "mkdir -p " + place;
                        case 3 -> "chmod 7" + random.nextInt(8) + "5 " + name;
                        case 4 ->
                            "rm -rf " + name + "; mkdir " + name + " && echo " + random.nextInt(3) + " >" + name
                                    + "/in";
                        case 5 -> "rm -rf " + name + "; ln -s " + random.nextInt(3) + " " + name;
                        default -> "echo " + random.nextInt(3) + " >" + name;
                    });
            script.append(" 2>/dev/null\n");
        }
        return script.append("true").toString();
    }

    private List<String> mountedDifferences(List<Path> one, List<Path> two) throws IOException {
        TreeMap<String, String> before = listing(one);
        TreeMap<String, String> after = listing(two);
        var all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        List<String> differences = new ArrayList<>();
        for (String path : all) {
            String old = before.getOrDefault(path, "");
            String now = after.getOrDefault(path, "");
            if (!old.equals(now)) {
                differences.add((old.isEmpty() ? "+ /" : now.isEmpty() ? "- /" : "~ /") + path);
            }
        }
        return differences;
    }

    /** What {@code find} and the content say, by path. */
    private TreeMap<String, String> listing(List<Path> layers) throws IOException {
        Path place = Files.createTempDirectory(directory, "view");
        Mounts.overlay(
                place,
                layers,
                Files.createTempDirectory(directory, "upper"),
                Files.createTempDirectory(directory, "work"));
        var listing = new TreeMap<String, String>();
        try (var paths = Files.walk(place)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = place.relativize(path).toString();
                if (name.isEmpty()) {
                    continue;
                }
                var kind = Kernel.statx(Kernel.AT_FDCWD, path.toString(), Kernel.AT_SYMLINK_NOFOLLOW);
                String content = kind.isRegular()
                        ? Files.readString(path)
                        : kind.isSymlink() ? Files.readSymbolicLink(path).toString() : "";
                String mode = kind.isSymlink() ? "" : Integer.toOctalString(kind.permissions());
                listing.put(name, kind.type() + " " + mode + " " + kind.uid() + " " + content);
            }
        } finally {
            Mounts.unmount(place);
        }
        return listing;
    }

    private List<String> shown(List<Path> before, List<Path> after) throws IOException {
        return StackComparison.between(TreeStack.of(before), TreeStack.of(after)).stream()
                .map(FileDifference::shown)
                .toList();
    }

    private Path changed(String script) throws IOException {
        return changed(List.of(base), script);
    }

    /** The layer that {@code script} leaves when it runs in an overlay over {@code layers}. */
    private Path changed(List<Path> layers, String script) throws IOException {
        Path place = Files.createTempDirectory(directory, "place");
        Path upper = Files.createTempDirectory(directory, "layer");
        shell(upper, "chmod 755 .");
        Mounts.overlay(place, layers, upper, Files.createTempDirectory(directory, "work"));
        try {
            shell(place, script);
        } finally {
            Mounts.unmount(place);
        }
        return upper;
    }

    private static void shell(Path in, String script) throws IOException {
        new HostPrograms()
                .run(Program.of("sh", "-c", "umask 022; cd \"$1\" && " + script, "sh", in.toString()))
                .orThrow();
    }
}
