package dev.stencil.container.applications;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
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
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A package manager of one root in memory; tells what it is asked in the order of the calls. */
final class FakePackageManager implements PackageManager {
    final List<String> calls;
    final Map<String, String> installed = new LinkedHashMap<>();
    final Map<String, String> offered = new LinkedHashMap<>();
    final Map<String, Set<String>> needs = new LinkedHashMap<>();
    String failing = "";

    FakePackageManager(List<String> calls) {
        this.calls = calls;
    }

    @Override
    public void refresh(PackageSource source, Freshness freshness, Progress progress) {
        calls.add("refresh " + freshness);
    }

    @Override
    public Instant published(PackageSource source) {
        return Instant.parse("2026-05-04T03:02:01Z");
    }

    @Override
    public List<InstalledPackage> available(PackageSource source) {
        return packages(offered);
    }

    @Override
    public Resolution resolve(PackageSource source, PackageRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Resolution resolve(PackageSource source, Path root, PackageRequest request) {
        calls.add("resolve " + describe(request));
        List<String> install = new ArrayList<>();
        List<String> remove = new ArrayList<>();
        switch (request) {
            case PackageRequest.Install(var names) -> install.addAll(names);
            case PackageRequest.Update(var names, var ignored) ->
                install.addAll(names.isEmpty() ? installed.keySet() : names);
            case PackageRequest.Renew(var names) -> {
                install.addAll(installed.keySet());
                install.addAll(names);
            }
            case PackageRequest.Release(var names) -> {
                install.addAll(installed.keySet());
                install.removeIf(name -> !offered.containsKey(name));
                install.addAll(names);
            }
            case PackageRequest.Remove(var names, var ignored) -> remove.addAll(names);
            case PackageRequest.Exactly(var files, var gone) -> {
                files.forEach(file -> install.add(file.name().name()));
                gone.forEach(name -> remove.add(name.name()));
            }
            case PackageRequest.InstallFiles(var files) ->
                files.forEach(file -> install.add(file.getFileName().toString().replace(".deb", "")));
        }
        for (String name : install) {
            if (!offered.containsKey(name)) {
                throw new StencilException(Fault.PACKAGE_MANAGER, "Unable to locate package " + name);
            }
        }
        install.removeIf(name -> offered.get(name).equals(installed.get(name)));
        return plan(install, remove);
    }

    private Resolution plan(List<String> install, List<String> remove) {
        List<PackageFile> files = new ArrayList<>();
        List<Resolution.Step> steps = new ArrayList<>();
        for (String name : install) {
            var exact = new PackageName(name, offered.getOrDefault(name, ""), "all");
            files.add(new PackageFile(exact, URI.create("file:/" + name), 1, Digest.of(new byte[0])));
            steps.add(new Resolution.Step.Unpack(exact));
        }
        List<PackageName> gone = new ArrayList<>();
        for (String name : remove) {
            gone.add(new PackageName(name, installed.getOrDefault(name, ""), "all"));
            steps.add(new Resolution.Step.Remove(gone.getLast()));
        }
        return new Resolution(files, gone, List.of(), steps);
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
        throw new UnsupportedOperationException();
    }

    @Override
    public void fetch(PackageSource source, Resolution resolution, Progress progress) {
        calls.add("fetch " + resolution.install().size());
    }

    @Override
    public void populate(PackageSource source, Path root, BuildStage stage, BuildHooks hooks, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void finish(PackageSource source, Path root, Resolution resolution, BuildHooks hooks, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Instant newest(List<PackageFile> files) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void amend(PackageSource source, Path root, Resolution plan, AmendHooks hooks, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void apply(PackageSource source, Target target, Resolution resolution, Progress progress) {
        calls.add("apply " + resolution.steps().size());
        for (Resolution.Step step : resolution.steps()) {
            if (step.name().name().equals(failing)) {
                throw new StencilException(Fault.PACKAGE_MANAGER, "dpkg could not configure " + failing);
            }
            if (step instanceof Resolution.Step.Remove) {
                installed.remove(step.name().name());
            } else {
                installed.put(step.name().name(), step.name().version());
            }
        }
    }

    @Override
    public List<InstalledPackage> installed(Path root) {
        return packages(installed);
    }

    @Override
    public int compareVersions(String a, String b) {
        return a.compareTo(b);
    }

    private static String describe(PackageRequest request) {
        return switch (request) {
            case PackageRequest.Install(var names) -> "install " + String.join(" ", names);
            case PackageRequest.Update(var names, var all) -> "update " + String.join(" ", names) + (all ? "+" : "");
            case PackageRequest.Renew(var names) -> "renew " + String.join(" ", names);
            case PackageRequest.Release(var names) -> "release " + String.join(" ", names);
            case PackageRequest.Remove(var names, var all) -> "remove " + String.join(" ", names) + (all ? "+" : "");
            case PackageRequest.InstallFiles(var files) -> "files " + files.size();
            case PackageRequest.Exactly(var files, var remove) -> "exactly " + files.size() + " " + remove.size();
        };
    }

    private static List<InstalledPackage> packages(Map<String, String> versions) {
        List<InstalledPackage> packages = new ArrayList<>();
        versions.forEach(
                (name, version) -> packages.add(new InstalledPackage(new PackageName(name, version, "all"), "")));
        return packages;
    }
}
