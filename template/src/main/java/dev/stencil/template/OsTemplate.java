package dev.stencil.template;

import dev.stencil.host.Arch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An OS template of the area: a base, or a set beside it that takes all its properties but the lists from the base. */
public final class OsTemplate implements Template {
    static final String PACKAGES = "packages";
    static final String PACKAGE_MANAGER = "package_manager";
    private static final String STAGE_0 = "packages_0";
    private static final String STAGE_1 = "packages_1";
    private static final int ALL_CACHE_TYPES = -1;

    private final OsTemplateName osTemplateName;
    private final Path baseDirectory;
    private final TemplateDirectory files;

    OsTemplate(OsTemplateName name, Path baseDirectory) {
        Path sets = setsDirectory(baseDirectory);
        this.osTemplateName = name;
        this.baseDirectory = baseDirectory;
        this.files = new TemplateDirectory(sets.resolve(name.setDirectory()), sets.resolve(OsTemplateName.DEFAULT_SET));
    }

    /** {@code basedir/config/os}. */
    static Path setsDirectory(Path baseDirectory) {
        return baseDirectory.resolve("config").resolve("os");
    }

    public OsTemplateName coordinates() {
        return osTemplateName;
    }

    @Override
    public String name() {
        return osTemplateName.fullName();
    }

    public Arch arch() {
        return osTemplateName.arch();
    }

    public boolean isBase() {
        return osTemplateName.isBase();
    }

    /** The base template; itself when it is one. */
    public OsTemplate base() {
        return isBase() ? this : new OsTemplate(osTemplateName.base(), baseDirectory);
    }

    @Override
    public String repositoryPrefix() {
        return osTemplateName.set().orElse("base");
    }

    @Override
    public Path configDirectory() {
        return files.own().path();
    }

    @Override
    public Path baseDirectory() {
        return baseDirectory;
    }

    /** Lock of this distribution's templates, {@code basedir/.lock} (spec vzpkg 2.1). */
    public Path lockFile() {
        return baseDirectory.resolve(".lock");
    }

    /** Data of the package manager, {@code basedir/pm}, made on demand by its driver. */
    public Path packageManagerDirectory() {
        return baseDirectory.resolve("pm");
    }

    @Override
    public List<String> packages() {
        if (!files.own().hasFile(PACKAGES)) {
            throw TemplateFaults.withoutPackages(files.own().file(PACKAGES));
        }
        return files.own().words(PACKAGES);
    }

    /** Lines of the bootstrap list that a cache is made with: own, else the base's. A deb line is installed together. */
    public List<String> stage0() {
        return files.inheritedLines(STAGE_0);
    }

    /** Every name of the bootstrap list that a cache is made with, in order. */
    public List<String> stage0Words() {
        List<String> names = new ArrayList<>();
        stage0().forEach(line -> ConfigDirectory.addWords(line, names));
        return List.copyOf(names);
    }

    /** Names of the second list that a cache is made with: own, else the base's. */
    public List<String> stage1() {
        return files.inheritedWords(STAGE_1);
    }

    /** Own lines of {@code packages_0}, which {@code info} prints. */
    public List<String> ownStage0() {
        return files.own().lines(STAGE_0);
    }

    /** Own words of {@code packages_1}, which {@code info} prints. */
    public List<String> ownStage1() {
        return files.own().words(STAGE_1);
    }

    /** Every name that a new cache is to hold, of all stages, each once, in order. */
    public List<String> cachePackages() {
        List<String> names = new ArrayList<>(stage0Words());
        names.addAll(stage1());
        names.addAll(packages());
        return List.copyOf(new java.util.LinkedHashSet<>(names));
    }

    @Override
    public List<String> ownRecords(RepositoryKind kind) {
        return files.own().lines(kind.fileName());
    }

    @Override
    public List<Path> keyrings() {
        return files.keyrings();
    }

    @Override
    public boolean isUnsignedAllowed() {
        return files.isUnsignedAllowed();
    }

    /** First line of {@code package_manager}, which names the driver and the base must have. */
    public String packageManager() {
        return files.ofDefaultSet()
                .firstLine(PACKAGE_MANAGER)
                .orElseThrow(() -> TemplateFaults.broken(
                        files.ofDefaultSet().file(PACKAGE_MANAGER),
                        "is missing or empty. Write the package manager's name into it, for example dpkgx64."));
    }

    @Override
    public PackageManagerType packageManagerType() {
        return PackageManagerType.of(packageManager());
    }

    /** Value for a container's {@code DISTRIBUTION}. */
    public Optional<String> distribution() {
        return files.ofDefaultSet().firstLine("distribution");
    }

    /** Kernel features it asks for, in the file's order. */
    public List<String> technologies() {
        return files.ofDefaultSet().words("technologies");
    }

    /** Kernel release to pretend at least, as written. */
    public Optional<String> osRelease() {
        return files.ofDefaultSet().firstLine("osrelease");
    }

    /** Environment of package managers: own, else the base's. A later line of the same variable wins. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : files.inheritedLines("environment")) {
            int equals = line.indexOf('=');
            if (equals <= 0) {
                throw TemplateFaults.broken(
                        files.inheritedFrom("environment"), "has a line that is not VAR=value: " + line);
            }
            variables.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return variables;
    }

    /** Own lines of {@code environment}, which {@code info} prints. */
    public List<String> ownEnvironment() {
        return files.own().lines("environment");
    }

    /** Older {@code osver} that can be upgraded to this. */
    public List<String> upgradableVersions() {
        return files.ofDefaultSet().words("upgradable_versions");
    }

    /** Bit mask of the image kinds it supports: 2 directory, 32 and 64 ploop, 128 qcow2; all bits when not restricted. */
    public int cacheTypes() {
        Optional<String> line = files.ofDefaultSet().firstLine("cache_type");
        if (line.isEmpty()) {
            return ALL_CACHE_TYPES;
        }
        try {
            return Integer.parseUnsignedInt(line.get());
        } catch (NumberFormatException e) {
            throw TemplateFaults.broken(
                    files.ofDefaultSet().file("cache_type"), "is not a decimal bit mask: " + line.get());
        }
    }

    /** Whether a 64-bit deb system also gets the 32-bit architecture. */
    public boolean isMultiarch() {
        return arch() == Arch.X86_64 && files.ofDefaultSet().isOnUnlessSwitchedOff("multiarch");
    }

    /**
     * An addition to the format: {@code yes} or {@code no} in the file {@code weak_dependencies} says whether packages that
     * others merely recommend come along; own file, else the base's. Without it the package manager's default counts.
     */
    public Optional<Boolean> weakDependencies() {
        return yesOrNo("weak_dependencies");
    }

    /**
     * An addition to the format: {@code yes} in the file {@code signed_metadata} demands that the indexes of all repositories
     * are signed, from the first time on. Without it one must be signed that once was. Only the rpm family asks: apt always
     * demands it.
     */
    public boolean isMetadataSigned() {
        return yesOrNo("signed_metadata").orElse(false);
    }

    private Optional<Boolean> yesOrNo(String file) {
        List<String> lines = files.inheritedLines(file);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return switch (lines.getFirst()) {
            case "yes" -> Optional.of(true);
            case "no" -> Optional.of(false);
            default ->
                throw TemplateFaults.broken(files.inheritedFrom(file), "says neither yes nor no: " + lines.getFirst());
        };
    }

    @Override
    public boolean isGoldenImageAllowed() {
        return files.own().isOnUnlessSwitchedOff("golden_image");
    }

    /** Whether its cache is delivered ready-made and package work is forbidden; said by the base or the set. */
    public boolean isPreCached() {
        return files.own().exists("no_pkg_actions") || files.ofDefaultSet().exists("no_pkg_actions");
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

    /** Whether the directory is there and holds what makes it a template (spec vzpkg 1.3, step 5). */
    boolean isComplete() {
        return files.own().hasFile(PACKAGES) && (!isBase() || files.own().hasFile(PACKAGE_MANAGER));
    }

    /** Whether somebody began to make this template. */
    boolean isBegun() {
        return Files.isDirectory(files.own().path());
    }

    /** {@link #name}. */
    @Override
    public String toString() {
        return name();
    }
}
