package dev.stencil.image.layer;

import dev.stencil.host.Digest;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What there is in the root that ends with a layer, written down when the layer is made, so that nobody needs to look into
 * the root again. One line with files and bytes, then a line a package: name, version, architecture, digest or {@code -}.
 *
 * @param packages in the order of the package database
 */
public record RootContents(Extent extent, List<Installed> packages) {
    /** Name of the file beside a layer's tree. */
    public static final String FILE = "contents";

    private static final String UNKNOWN = "-";

    public RootContents {
        packages = List.copyOf(packages);
    }

    public static RootContents of(Layer top) throws IOException {
        Path file = top.directory().resolve(FILE);
        try {
            return parse(Files.readAllLines(file));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static RootContents parse(List<String> lines) {
        String[] numbers = lines.getFirst().split(" ", -1);
        var extent = new Extent(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        List<Installed> packages = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", -1);
            Optional<Digest> digest = words[3].equals(UNKNOWN) ? Optional.empty() : Optional.of(Digest.parse(words[3]));
            packages.add(new Installed(new PackageName(words[0], words[1], words[2]), digest));
        }
        return new RootContents(extent, packages);
    }

    public String text() {
        var text = new StringBuilder();
        text.append(extent.files()).append(' ').append(extent.sizeBytes()).append('\n');
        for (Installed one : packages) {
            PackageName name = one.name();
            text.append(name.name())
                    .append(' ')
                    .append(name.version())
                    .append(' ')
                    .append(name.arch());
            text.append(' ')
                    .append(one.sha256().map(Digest::hex).orElse(UNKNOWN))
                    .append('\n');
        }
        return text.toString();
    }
}
