package dev.stencil.container.engine;

import dev.stencil.host.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What is written down about a guest when it starts: {@code KEY="value"} lines in its directory. */
record GuestFacts(Path root, RunningGuest.Isolation isolation, Instant started) {
    static GuestFacts of(GuestSpec spec, Instant started) {
        return new GuestFacts(
                spec.root(),
                spec.ids().isPresent() ? RunningGuest.Isolation.USER_NAMESPACE : RunningGuest.Isolation.PRIVILEGED,
                started);
    }

    static Optional<GuestFacts> read(Path file) throws IOException {
        try {
            ConfigFile facts = ConfigFile.read(file);
            return Optional.of(new GuestFacts(
                    Path.of(facts.get("ROOT").orElse("/")),
                    facts.get("ISOLATION").filter("user-namespace"::equals).isPresent()
                            ? RunningGuest.Isolation.USER_NAMESPACE
                            : RunningGuest.Isolation.PRIVILEGED,
                    Instant.ofEpochSecond(Long.parseLong(facts.get("STARTED").orElse("0")))));
        } catch (NoSuchFileException notStarted) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(
                file,
                "ROOT=\"" + root + "\"\nISOLATION=\"" + isolation.text() + "\"\nSTARTED=\"" + started.getEpochSecond()
                        + "\"\n");
    }
}
