package dev.stencil.container.templates;

import dev.stencil.host.Arch;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Brings templates to this host out of packages: the real rpm and dpkg install them (spec vzpkg 8.7). */
public final class TemplateInstallation {
    private static final Duration WAIT = Duration.ofMinutes(10);

    private final HostLayout layout;
    private final Path area;
    private final ProgramRunner programs;

    /** @param area the template area */
    public TemplateInstallation(HostLayout layout, Path area, ProgramRunner programs) {
        this.layout = layout;
        this.area = area;
        this.programs = programs;
    }

    /** Installs or updates, and returns what messages call the templates that came. */
    public List<String> run(InstallRequest request, Progress progress) {
        List<TemplateFile> files = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String operand : request.operands()) {
            Path file = Path.of(operand).toAbsolutePath();
            if (Files.isRegularFile(file)) {
                files.add(TemplateFile.read(file, layout.configured(area), programs));
            } else if (request.filesOnly() || operand.contains("/")) {
                throw new StencilException(Fault.FILE_NOT_FOUND, "There is no file " + file + ".");
            } else {
                names.add(operand);
            }
        }
        progress.stage(request.isUpdate() ? "Updating template" : "Installing template");
        check(files, request);
        Set<String> done = new LinkedHashSet<>();
        if (!files.isEmpty()) {
            installFiles(files, request);
            files.forEach(file -> file.templates().forEach(one -> done.add(one.shown())));
        }
        if (!names.isEmpty()) {
            installNames(names, request);
            names.forEach(
                    name -> done.add(request.forOs().map(os -> os + " " + name).orElse(name)));
        }
        return List.copyOf(done);
    }

    private void check(List<TemplateFile> files, InstallRequest request) {
        if (request.force()) {
            return;
        }
        List<String> present = new ArrayList<>();
        for (TemplateFile file : files) {
            for (TemplateFile.Brought one : file.templates()) {
                requireRunnable(one, file);
                if (!request.isUpdate() && Files.exists(layout.at(one.lists()))) {
                    present.add(one.shown());
                }
            }
        }
        if (!present.isEmpty()) {
            throw new StencilException(
                    Fault.APPLICATION_INSTALLED,
                    "Installed already: " + String.join(", ", present)
                            + ". Bring them up to date with: vzpkg update template");
        }
    }

    private static void requireRunnable(TemplateFile.Brought template, TemplateFile file) {
        Arch arch = Arch.named(template.arch())
                .orElseThrow(() -> new StencilException(
                        Fault.ARCHITECTURE_UNKNOWN,
                        file.file() + ": " + template.shown() + " is for \"" + template.arch()
                                + "\", which is no known architecture. Pass --force to install it anyway."));
        if (!arch.runsOn(Arch.ofHost())) {
            throw new StencilException(
                    Fault.ARCHITECTURE_UNSUPPORTED,
                    file.file() + ": " + template.shown() + " does not run on this "
                            + Arch.ofHost().templateName() + " host. Pass --force to install it anyway.");
        }
    }

    private void installFiles(List<TemplateFile> files, InstallRequest request) {
        List<FileLock> held = new ArrayList<>();
        try {
            for (Path lock : locks(files)) {
                held.add(FileLock.exclusive(lock, WAIT)
                        .orElseThrow(() -> new StencilException(
                                Fault.LOCKED, "The templates are in use: " + lock + " is locked. Try again later.")));
            }
            for (PackageFamily family : PackageFamily.values()) {
                List<String> paths = files.stream()
                        .filter(file -> file.family() == family)
                        .map(file -> file.file().toString())
                        .toList();
                if (!paths.isEmpty()) {
                    prepare(family);
                    run(install(family, request).args(paths));
                }
            }
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "The templates were not installed: " + e.getMessage(), e);
        } finally {
            held.forEach(TemplateInstallation::release);
        }
    }

    /** Of the distributions that are here already. */
    private Set<Path> locks(List<TemplateFile> files) {
        Set<Path> locks = new TreeSet<>();
        for (TemplateFile file : files) {
            for (TemplateFile.Brought one : file.templates()) {
                Path lists = layout.at(one.lists());
                Path base = area.resolve(area.relativize(lists).subpath(0, 3));
                if (Files.isDirectory(base)) {
                    locks.add(base.resolve(".lock"));
                }
            }
        }
        return locks;
    }

    private static void release(FileLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot release a lock: " + e.getMessage(), e);
        }
    }

    private void prepare(PackageFamily family) throws IOException {
        if (!family.isOf(layout)) {
            Path database = family.ownDatabase(layout);
            Files.createDirectories(database);
            if (family == PackageFamily.DEB) {
                for (String folder : List.of("info", "updates", "triggers")) {
                    Files.createDirectories(database.resolve(folder));
                }
                for (String file : List.of("status", "available")) {
                    if (!Files.exists(database.resolve(file))) {
                        Files.createFile(database.resolve(file));
                    }
                }
            }
        }
    }

    /** Dependencies are minded where the database knows what there is, unless forced. */
    private Program install(PackageFamily family, InstallRequest request) {
        boolean minds = family.isOf(layout) && !request.force();
        Program tool = family.tool(layout);
        if (family == PackageFamily.DEB) {
            Program dpkg = minds ? tool : tool.args("--force-depends");
            return dpkg.args(request.checkOnly() ? "--no-act" : "--refuse-downgrade", "--install");
        }
        Program rpm = tool.args("-U", "--nosignature");
        if (!minds) {
            rpm = rpm.args("--nodeps");
        }
        if (PackageFamily.DEB.isOf(layout) || HostPrograms.find("dpkg").isPresent()) {
            rpm = rpm.args("--force-debian");
        }
        if (request.force()) {
            rpm = rpm.args("--force");
        }
        return request.checkOnly() ? rpm.args("--test") : rpm;
    }

    private void installNames(List<String> names, InstallRequest request) {
        if (!layout.isHost()) {
            throw new StencilException(
                    Fault.NOT_SUPPORTED,
                    "Names are looked for in the host's own repositories, which are not those of " + layout.root()
                            + ". Name the files of packages.");
        }
        boolean isDebian = PackageFamily.DEB.isOf(layout);
        List<String> packages = new ArrayList<>();
        for (String name : names) {
            String full = request.forOs().map(os -> name + "-" + os).orElse(name) + "-ez";
            packages.add(isDebian ? full.replace('_', '-') : full);
        }
        String change = request.isUpdate() && !isDebian ? "update" : "install";
        Program tool = Program.of(isDebian ? "apt-get" : "dnf", change, "-y");
        if (request.checkOnly()) {
            // dnf counts the answer no as a failure, and then nobody could tell it from one.
            tool = tool.args(isDebian ? "--simulate" : "--setopt=tsflags=test");
        }
        run(tool.args(packages));
    }

    private void run(Program program) {
        Finished done;
        try {
            done = programs.run(program);
        } catch (IOException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "The templates were not installed: " + e.getMessage(), e);
        }
        if (!done.isSuccess()) {
            String words = Optional.of(done.stderrEnd().strip())
                    .filter(text -> !text.isEmpty())
                    .orElseGet(() -> done.text().strip());
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    program.name() + " could not install the templates: " + words
                            + "\nWith --force they are installed whatever they depend on.");
        }
    }
}
