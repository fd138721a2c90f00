package dev.stencil.packages.rpm;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns a copy of a package database into the format that every tool of the family here reads and writes (decision 0084). */
final class DatabaseImport {
    private static final String WRITTEN = "sqlite";

    private final ProgramRunner host;

    DatabaseImport(ProgramRunner host) {
        this.host = host;
    }

    /**
     * @param from a directory with the files of a database
     * @param into an empty directory, which gets one of the same packages
     * @throws IOException when it is damaged, or of a format that the rpm of the tools cannot read
     */
    void run(RpmDatabase.Format format, Path from, Path into) throws IOException {
        byte[] headers =
                switch (format) {
                    case SQLITE -> throw new IllegalArgumentException("a database that needs no import");
                    case NDB -> NdbPackages.headers(Files.readAllBytes(from.resolve(format.mainFile())));
                    case BDB -> exported(from);
                };
        Finished done = host.run(RpmQuery.rpm("rpmdb", "--dbpath", into.toString())
                .args("--define", "_db_backend " + WRITTEN, "--importdb")
                .input(new Program.Input.Bytes(headers)));
        requireWhole(done);
    }

    /** rpm reads this format since it has stopped to write it. */
    private byte[] exported(Path from) throws IOException {
        Finished done = host.run(RpmQuery.rpm("rpmdb", "--dbpath", from.toString())
                .args("--define", "_db_backend bdb_ro", "--exportdb"));
        requireWhole(done);
        return done.stdout();
    }

    private static void requireWhole(Finished done) throws IOException {
        boolean isDamaged =
                done.stderrEnd().contains("error:") || done.stderrEnd().contains("invalid %_db_backend");
        if (!done.isSuccess() || isDamaged) {
            throw new IOException(DnfWords.errors(done));
        }
    }
}
