package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * A cache as one file for other programs: a raw image of an ext4 file system without partitions, sparse, with a UUID of its own.
 * It stands by itself: nothing of the cache is needed afterwards. See decision 0090.
 */
public final class DiskImage {
    private static final Duration WAIT = Duration.ofMinutes(10);

    private final LayerStore layers;
    private final ProgramRunner programs;

    public DiskImage(LayerStore layers, ProgramRunner programs) {
        this.layers = layers;
        this.programs = programs;
    }

    /**
     * Writes the tree of {@code generation} to {@code target}, which appears when it is whole and must not exist.
     *
     * @param sizeBytes of the file system; blocks that hold nothing take no space
     */
    public void create(Generation generation, Path target, long sizeBytes, Progress progress) {
        Path directory = target.toAbsolutePath().getParent();
        if (Files.exists(target) || directory == null || !Files.isDirectory(directory)) {
            throw new StencilException(
                    Fault.SYSTEM,
                    Files.exists(target)
                            ? target + " exists already. Name a file that does not."
                            : "There is no directory " + directory + " to put the image into.");
        }
        progress.stage("Creating virtual disk");
        try (FileLock _ = layers.keep(WAIT)) {
            generation.layers().forEach(layer -> layers.require(layer.digest(), generation.template()));
            Path beside = Files.createTempFile(directory, ".image", ".part");
            try {
                fill(beside, generation.trees(), sizeBytes);
                Kernel.renameat2(
                        Kernel.AT_FDCWD,
                        beside.toString(),
                        Kernel.AT_FDCWD,
                        target.toString(),
                        Kernel.RENAME_NOREPLACE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "The image " + target + " was not made: " + e.getMessage() + ".", e);
        }
    }

    private void fill(Path image, List<Path> trees, long sizeBytes) throws IOException {
        Path view = Files.createTempDirectory("stencil-image-");
        try {
            boolean isStack = trees.size() > 1;
            if (isStack) {
                Mounts.guestView(view, trees);
            }
            try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
                file.position(sizeBytes - 1);
                file.write(java.nio.ByteBuffer.allocate(1));
                makeFileSystem(image, isStack ? view : trees.getFirst());
                file.force(true);
            } finally {
                if (isStack) {
                    Mounts.detach(view);
                }
            }
        } finally {
            Files.delete(view);
        }
    }

    private void makeFileSystem(Path image, Path tree) throws IOException {
        Finished done = programs.run(Program.of(
                "mkfs.ext4",
                "-q",
                "-F",
                "-U",
                "random",
                "-E",
                "root_owner=0:0",
                "-d",
                tree.toString(),
                image.toString()));
        if (!done.isSuccess()) {
            throw new StencilException(
                    Fault.SYSTEM,
                    "mkfs.ext4 could not make the image of " + tree + ": "
                            + done.stderrEnd().strip() + "\nIs DISKSPACE of vps.vzpkgtools.conf-sample large enough?");
        }
    }
}
