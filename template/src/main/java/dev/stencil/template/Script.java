package dev.stencil.template;

/** A template's scripts, named as their files; when each runs: spec vzpkg 2.6. */
public enum Script {
    PRE_CACHE("pre-cache", Place.HOST),
    MID_PRE_INSTALL("mid-pre-install", Place.CONTAINER),
    MID_POST_INSTALL("mid-post-install", Place.CONTAINER),
    POST_CACHE("post-cache", Place.HOST),
    PRE_INSTALL("pre-install", Place.CONTAINER),
    POST_INSTALL("post-install", Place.CONTAINER),
    PRE_INSTALL_HN("pre-install-hn", Place.HOST),
    POST_INSTALL_HN("post-install-hn", Place.HOST),
    PRE_UPDATE("pre-update", Place.CONTAINER),
    POST_UPDATE("post-update", Place.CONTAINER),
    PRE_UPGRADE("pre-upgrade", Place.CONTAINER),
    POST_UPGRADE("post-upgrade", Place.CONTAINER),
    PRE_REMOVE("pre-remove", Place.CONTAINER),
    POST_REMOVE("post-remove", Place.CONTAINER);

    private final String fileName;
    private final Place place;

    Script(String fileName, Place place) {
        this.fileName = fileName;
        this.place = place;
    }

    public String fileName() {
        return fileName;
    }

    /** Where it runs. */
    public Place place() {
        return place;
    }

    /** Where a script runs and what it is given. */
    public enum Place {
        /** On the host, with the root directory and the container's id as arguments. */
        HOST,
        /** Inside the root, by bash, without arguments. */
        CONTAINER
    }
}
