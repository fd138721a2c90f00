package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.AmendHooks;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.BuildStage;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.Offers;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Revision;
import dev.stencil.packages.Target;
import dev.stencil.packages.UnavailableFile;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A package manager without packages: each name becomes a file {@code /pkg/<name>}. It can be told to do at any step what
 * real ones do rarely: fail, hang, leave something behind.
 */
final class FakePackageManager implements PackageManager {
    /** Where it does something, in order. */
    enum Step {
        REFRESH,
        RESOLVE,
        FETCH,
        UNPACK,
        BOOTSTRAPPED,
        CONFIGURE,
        INSTALLED
    }

    /** What it was asked, in order; programs run inside are there with their words. */
    final List<String> calls = new ArrayList<>();

    String version = "1.0";
    private Optional<Step> troubleAt = Optional.empty();
    private Trouble trouble = root -> {};

    /** Something that happens in the middle of a step. */
    interface Trouble {
        void happen(Path root) throws IOException;
    }

    void at(Step step, Trouble what) {
        troubleAt = Optional.of(step);
        trouble = what;
    }

    void failAt(Step step) {
        at(step, _ -> {
            throw new StencilException(Fault.PACKAGE_MANAGER, "apt-get said: E: trouble at " + step);
        });
    }

    void work() {
        troubleAt = Optional.empty();
    }

    @Override
    public void refresh(PackageSource source, Freshness freshness, Progress progress) {
        calls.add("refresh " + freshness);
        reached(Step.REFRESH, source.dataDirectory());
    }

    @Override
    public Resolution resolve(PackageSource source, PackageRequest request) {
        calls.add("resolve");
        reached(Step.RESOLVE, source.dataDirectory());
        List<String> names = ((PackageRequest.Install) request).names();
        return new Resolution(names.stream().map(this::file).toList(), List.of(), List.of(), List.of());
    }

    @Override
    public Resolution revise(PackageSource source, Resolution present, Revision revision, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isFetched(Resolution resolution) {
        return true;
    }

    @Override
    public List<UnavailableFile> unavailable(PackageSource source, Resolution resolution) {
        return List.of();
    }

    @Override
    public Offers offers(PackageSource source, Resolution resolution) {
        List<String> words = List.of(source.repositories().getFirst().written().split(" "));
        var part = new LockedRepository.Part(
                Optional.of(words.get(1)), words.subList(2, words.size()), List.of(), Optional.of("amd64"));
        var state = new LockedRepository.State(
                Optional.empty(), Optional.of(published(source)), List.of(), Optional.empty());
        return new Offers(
                List.of(new LockedRepository("r1", "deb", words.getFirst(), part, state)),
                resolution.install().stream()
                        .map(file -> new LockedPackage.File(
                                "r1", file.name().name() + ".deb", file.sizeBytes(), file.sha256()))
                        .toList());
    }

    private PackageFile file(String name) {
        var exact = new PackageName(name, version, "amd64");
        return new PackageFile(
                exact,
                URI.create("http://127.0.0.1/" + name + ".deb"),
                10,
                Digest.of(exact.toString().getBytes()));
    }

    @Override
    public PackageRelations relations(PackageSource source, Resolution resolution) {
        return PackageRelations.independent(
                resolution.install().stream().map(PackageFile::name).toList());
    }

    @Override
    public PackageRelations fetchedRelations(PackageSource source, Resolution resolution) {
        return relations(source, resolution);
    }

    @Override
    public void fetch(PackageSource source, Resolution resolution, Progress progress) {
        calls.add("fetch");
        reached(Step.FETCH, source.dataDirectory());
    }

    @Override
    public void populate(PackageSource source, Path root, BuildStage stage, BuildHooks hooks, Progress progress) {
        try {
            calls.add("populate");
            Files.createDirectories(root.resolve("pkg"));
            if (stage.isFirst()) {
                hooks.beforePackages(root);
                Files.createDirectories(root.resolve("bin"));
                Files.writeString(root.resolve("bin/bash"), "");
                reached(Step.UNPACK, root);
                hooks.afterBootstrap(root, inside(root));
                reached(Step.BOOTSTRAPPED, root);
            }
            for (PackageFile file : stage.packages()) {
                Files.writeString(
                        root.resolve("pkg").resolve(file.name().name()),
                        file.name().version());
            }
            reached(Step.CONFIGURE, root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void finish(PackageSource source, Path root, Resolution resolution, BuildHooks hooks, Progress progress) {
        calls.add("finish");
        hooks.afterPackages(root, inside(root));
    }

    @Override
    public Instant newest(List<PackageFile> files) {
        return Instant.parse("2026-01-01T00:00:00Z");
    }

    /** Runs scripts on the host, with the root in {@code $ROOT}: enough to see that and when they run. */
    private ProgramRunner inside(Path root) {
        var host = new dev.stencil.linux.HostPrograms();
        return new ProgramRunner() {
            @Override
            public Finished run(Program program) throws IOException {
                calls.add("inside " + program.argv().getFirst());
                String script = root + program.argv().get(1);
                return host.run(Program.of("bash", script)
                        .env(program.environment())
                        .env("ROOT", root.toString())
                        .output(program.output())
                        .errors(program.errors())
                        .timeout(Duration.ofSeconds(20)));
            }

            @Override
            public Process start(Program program) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public List<InstalledPackage> installed(Path root) {
        reached(Step.INSTALLED, root);
        try (var files = Files.list(root.resolve("pkg"))) {
            List<InstalledPackage> found = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                found.add(new InstalledPackage(new PackageName(name, Files.readString(file), "amd64"), "A package"));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reached(Step step, Path root) {
        if (troubleAt.equals(Optional.of(step))) {
            try {
                trouble.happen(root);
            } catch (IOException e) {
                throw new StencilException(Fault.PACKAGE_MANAGER, "The package manager failed: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public Instant published(PackageSource source) {
        return Instant.parse("2026-05-04T03:02:01Z");
    }

    @Override
    public List<InstalledPackage> available(PackageSource source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Resolution resolve(PackageSource source, Path root, PackageRequest request) {
        calls.add("resolve " + request);
        reached(Step.RESOLVE, root);
        Map<String, String> present = new TreeMap<>();
        installed(root).forEach(one -> present.put(one.name().name(), one.name().version()));
        Set<String> wanted = new LinkedHashSet<>();
        switch (request) {
            case PackageRequest.Install(var names) -> wanted.addAll(names);
            case PackageRequest.Renew(var names) -> {
                wanted.addAll(present.keySet());
                wanted.addAll(names);
            }
            default -> throw new UnsupportedOperationException();
        }
        wanted.removeIf(name -> version.equals(present.get(name)));
        return new Resolution(wanted.stream().map(this::file).toList(), List.of(), List.of(), List.of());
    }

    @Override
    public void amend(PackageSource source, Path root, Resolution plan, AmendHooks hooks, Progress progress) {
        try {
            calls.add("amend");
            hooks.before(inside(root));
            reached(Step.UNPACK, root);
            for (PackageFile file : plan.install()) {
                Files.writeString(
                        root.resolve("pkg").resolve(file.name().name()),
                        file.name().version());
            }
            reached(Step.CONFIGURE, root);
            hooks.after(inside(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void apply(PackageSource source, Target target, Resolution resolution, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareVersions(String a, String b) {
        return a.compareTo(b);
    }
}
