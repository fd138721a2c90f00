package dev.stencil.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An application template of one distribution: packages to be added to its containers. */
public final class AppTemplate implements Template {
    private final OsTemplate base;
    private final String application;
    private final String set;
    private final TemplateDirectory files;

    AppTemplate(OsTemplate base, String application, String set) {
        Path sets = applicationsDirectory(base.baseDirectory()).resolve(application);
        this.base = base;
        this.application = application;
        this.set = set;
        this.files = new TemplateDirectory(sets.resolve(set), sets.resolve(OsTemplateName.DEFAULT_SET));
    }

    /** {@code basedir/config/app}. */
    static Path applicationsDirectory(Path baseDirectory) {
        return baseDirectory.resolve("config").resolve("app");
    }

    /** The base OS template that it belongs to. */
    public OsTemplate base() {
        return base;
    }

    /** {@code app} for the default set, else {@code app-set}. */
    @Override
    public String name() {
        return set.equals(OsTemplateName.DEFAULT_SET) ? application : application + "-" + set;
    }

    @Override
    public String repositoryPrefix() {
        return name();
    }

    @Override
    public Path configDirectory() {
        return files.own().path();
    }

    @Override
    public Path baseDirectory() {
        return base.baseDirectory();
    }

    @Override
    public List<String> packages() {
        if (!isComplete()) {
            throw TemplateFaults.withoutPackages(files.own().file(OsTemplate.PACKAGES));
        }
        return files.own().words(OsTemplate.PACKAGES);
    }

    @Override
    public List<String> ownRecords(RepositoryKind kind) {
        return files.own().lines(kind.fileName());
    }

    /** Own ones, the default set's, and those of the base OS template. */
    @Override
    public List<Path> keyrings() {
        List<Path> keyrings = new ArrayList<>(files.keyrings());
        keyrings.addAll(base.keyrings());
        return keyrings;
    }

    @Override
    public boolean isUnsignedAllowed() {
        return files.isUnsignedAllowed();
    }

    @Override
    public Optional<Path> script(Script script) {
        return files.script(script);
    }

    @Override
    public List<String> volatilePaths() {
        return files.linesAndInherited("volatile");
    }

    @Override
    public Optional<String> summary() {
        return files.own().firstLine("summary");
    }

    @Override
    public List<String> description() {
        return files.own().lines("description");
    }

    @Override
    public boolean isGoldenImageAllowed() {
        return files.own().isOnUnlessSwitchedOff("golden_image");
    }

    @Override
    public PackageManagerType packageManagerType() {
        return base.packageManagerType();
    }

    /** Whether its {@code packages} exists, which makes the directory a template. */
    boolean isComplete() {
        return files.own().hasFile(OsTemplate.PACKAGES);
    }

    /** {@link #name}. */
    @Override
    public String toString() {
        return name();
    }
}
