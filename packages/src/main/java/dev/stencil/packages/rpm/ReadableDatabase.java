package dev.stencil.packages.rpm;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether the package database of a system that is to be made can be read once it is there, known before anything is fetched:
 * from the version of rpm among its packages (decision 0084).
 */
final class ReadableDatabase {
    /** The first rpm that does not keep the format {@code bdb}. */
    private static final String FIRST_WITHOUT_BDB = "4.16";

    private static final String READER = "bdb_ro";
    private static final String BACKENDS = "available backends";

    private final ProgramRunner host;
    private final Supplier<String> tools;

    /** @param tools what a person calls the tree that {@code host} runs programs of */
    ReadableDatabase(ProgramRunner host, Supplier<String> tools) {
        this.host = host;
        this.tools = tools;
    }

    /** @throws StencilException {@code NOT_SUPPORTED} naming the package and the format */
    void require(List<PackageFile> files) throws IOException {
        for (PackageFile file : files) {
            PackageName name = file.name();
            if (name.name().equals("rpm") && RpmVersion.compare(name.version(), FIRST_WITHOUT_BDB) < 0) {
                String backends = backends();
                if (!backends.contains(READER)) {
                    throw new StencilException(
                            Fault.NOT_SUPPORTED,
                            name + " keeps its package database in the format bdb, which the rpm of " + tools.get()
                                    + " cannot read (" + backends
                                    + "). Nothing was fetched. Use an rpm that can, such as "
                                    + "that of Debian 12.");
                }
            }
        }
    }

    private String backends() throws IOException {
        Finished done = host.run(RpmQuery.rpm("rpm", "--showrc")).orThrow();
        return done.text()
                .lines()
                .filter(line -> line.contains(BACKENDS))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .findFirst()
                .orElse("it names no formats");
    }
}
