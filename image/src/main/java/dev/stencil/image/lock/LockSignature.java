package dev.stencil.image.lock;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The detached OpenPGP signature beside a lock, {@code <lock>.sig}, over the whole file; only asked for where {@code
 * LOCK_KEYRING} names keys. Source: spec conary 9.2 and 9.4, rule 9.
 */
final class LockSignature {
    private final Optional<Path> keyring;
    private final ProgramRunner host;

    LockSignature(Optional<Path> keyring, ProgramRunner host) {
        this.keyring = keyring;
        this.host = host;
    }

    /** Throws {@code LOCK_DAMAGED} unless a key of the host's keyring signed {@code lock}, if the host has a keyring. */
    void require(Path lock) {
        if (keyring.isEmpty()) {
            return;
        }
        Path signature = lock.resolveSibling(lock.getFileName() + ".sig");
        if (!Files.exists(signature)) {
            throw refused(lock, "it is not signed, there is no " + signature);
        }
        try {
            Finished done = host.run(
                    Program.of("gpgv", "--keyring", keyring.get().toString(), signature.toString(), lock.toString()));
            if (!done.isSuccess()) {
                throw refused(lock, done.stderrEnd().strip().replace("\n", "; "));
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "The signature of " + lock + " cannot be checked: " + e.getMessage(), e);
        }
    }

    private StencilException refused(Path lock, String why) {
        return new StencilException(
                Fault.LOCK_DAMAGED,
                "The lock " + lock + " is badly signed: " + why
                        + ". LOCK_KEYRING in vztt.conf demands a signature by a key of " + keyring.orElseThrow() + ".");
    }
}
