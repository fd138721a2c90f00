package dev.stencil.packages.deb;

import dev.stencil.fuzz.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Package files: an archive is read to its end or refused, whatever its bytes are. */
public final class DebArchiveFuzz {
    private static final Path FILE = newFile();

    private DebArchiveFuzz() {}

    private static Path newFile() {
        try {
            Path file = Files.createTempFile("fuzz-", ".deb");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        try (DebArchive deb = DebArchive.open(FILE)) {
            for (DebArchive.ControlFile file : deb.controlFiles()) {
                Input.demand(!file.name().contains("/"), "a control file with a path: " + file.name());
            }
            readTree(deb);
        } catch (IOException e) {
            Input.demandWords(e, "");
        }
    }

    private static void readTree(DebArchive deb) throws IOException {
        try (var tar = deb.data()) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                tar.readNBytes((int) Math.min(entry.getSize(), 1 << 16));
            }
        }
    }
}
