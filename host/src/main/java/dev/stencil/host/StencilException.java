package dev.stencil.host;

/**
 * A failure a user can act on: which kind, and one clear line that says what happened, to what, and what to do.
 * Secrets in addresses are taken out of the line ({@link Redaction}). The one exception family of the services; only the command line turns it into text and exit code.
 */
public class StencilException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Fault fault;

    public StencilException(Fault fault, String message) {
        super(Redaction.of(message));
        this.fault = fault;
    }

    public StencilException(Fault fault, String message, Throwable cause) {
        super(Redaction.of(message), cause);
        this.fault = fault;
    }

    public final Fault fault() {
        return fault;
    }
}
