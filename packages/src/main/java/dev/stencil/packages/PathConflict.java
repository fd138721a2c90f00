package dev.stencil.packages;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;

/**
 * Two packages bring a file of the same path, and neither says that it replaces files of the other (spec conary 9.1, R-2).
 * They cannot be in one lock. dpkg refuses them whatever the content is.
 */
public final class PathConflict extends StencilException {
    private static final long serialVersionUID = 1;

    private final String path;
    private final String newcomer;
    private final String owner;

    /**
     * Names and path are known, the reasons for which the packages are there are not yet.
     *
     * @param newcomer name of the package that was refused
     * @param owner name of the package that has the path already
     * @param said what the package manager said
     */
    public PathConflict(String path, String newcomer, String owner, String said) {
        super(Fault.LOCK_NOT_CLOSED, words(path, newcomer, owner) + " (" + said + ")");
        this.path = path;
        this.newcomer = newcomer;
        this.owner = owner;
    }

    private static String words(String path, String newcomer, String owner) {
        return newcomer + " and " + owner + " both bring " + path
                + ", and neither replaces files of the other. Leave one of them out.";
    }

    /** The same failure, with how both packages came in. */
    public StencilException explained(String chainOfNewcomer, String chainOfOwner) {
        return new StencilException(
                Fault.LOCK_NOT_CLOSED,
                words(path, newcomer, owner) + " They came in by " + chainOfNewcomer + " and by " + chainOfOwner + ".",
                this);
    }

    public String newcomer() {
        return newcomer;
    }

    public String owner() {
        return owner;
    }
}
