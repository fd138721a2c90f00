package dev.stencil.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What OS and application templates have in common. Each question reads its file when asked; a file that cannot be read
 * throws {@code TEMPLATE_BROKEN} naming it. Files and their meaning: spec vzpkg 2.4.
 */
public sealed interface Template permits OsTemplate, AppTemplate {
    /** As printed: {@code debian-12-x86_64-minimal}, {@code mysql}, {@code apache-ssl}. */
    String name();

    /** Prefix of the identifiers of its repositories: {@code base}, the set's name or the application's (spec vzpkg 2.5). */
    String repositoryPrefix();

    /** The directory of its files. */
    Path configDirectory();

    /** {@code osname/osver/osarch} of the area: what all templates of one distribution share. */
    Path baseDirectory();

    /** Names for the package manager, never inherited. Empty is allowed. */
    List<String> packages();

    /** Its own records of one kind, raw, in file order. */
    List<String> ownRecords(RepositoryKind kind);

    /** Files of its own {@code keys/} and of its base's, which check the signatures of its repositories. */
    List<Path> keyrings();

    /** Whether this template's own repositories may be used without a signature, by its own {@code unsigned_repositories}. */
    boolean isUnsignedAllowed();

    /** The script to run, if any: its own set's when executable, else its default set's. */
    Optional<Path> script(Script script);

    /**
     * Paths, absolute in the root, that are removed when it is finished because two builds of them are never equal: own lines
     * of {@code volatile} and those of the default set. The last names may hold {@code *}, {@code ?} and {@code [...]}.
     */
    List<String> volatilePaths();

    Optional<String> summary();

    /** Lines. */
    List<String> description();

    /** Whether caches that hold applications may contain it ({@code golden_image}, not inherited). */
    boolean isGoldenImageAllowed();

    /** The driver of the base template. */
    PackageManagerType packageManagerType();
}
