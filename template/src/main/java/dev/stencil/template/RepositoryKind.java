package dev.stencil.template;

/** The three files that name repositories, in the order in which their records are numbered (spec vzpkg 2.5). */
public enum RepositoryKind {
    /** A base address; for deb the tail of a {@code deb} line. */
    REPOSITORY("repositories"),
    /** A YaST repository, for zypper only. */
    ZYPP_REPOSITORY("zypp_repositories"),
    /** Address of a list of mirrors; not used by apt. */
    MIRROR_LIST("mirrorlist");

    private final String fileName;

    RepositoryKind(String fileName) {
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }
}
