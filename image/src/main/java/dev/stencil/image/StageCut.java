package dev.stencil.image;

import dev.stencil.packages.BuildStage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import dev.stencil.packages.lock.Inclusion;
import dev.stencil.packages.lock.PackageList;
import dev.stencil.template.OsTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Where the making of a root is cut into layers: after the packages that {@code packages_0} needs, then those of
 * {@code packages_1}, then the rest. A pure function of packages and stages, so that templates that begin alike are cut alike.
 */
final class StageCut {
    /** What a layer costs to mount and to begin anew; fewer packages than this are configured as quickly. */
    private static final int WORTH_A_LAYER = 12;

    private static final Comparator<PackageFile> ORDER = Comparator.<PackageFile, String>comparing(
                    file -> file.name().name())
            .thenComparing(file -> file.name().arch())
            .thenComparing(file -> file.name().version());

    private StageCut() {}

    /** As the lists of {@code template} ask for them and their {@code relations} follow. */
    static List<BuildStage> of(OsTemplate template, List<PackageFile> packages, PackageRelations relations) {
        List<PackageList> lists = List.of(
                new PackageList("packages_0", template.stage0Words()),
                new PackageList("packages_1", template.stage1()),
                new PackageList("packages", template.packages()));
        return of(packages, Inclusion.of(relations, lists)::stage);
    }

    /** The stages of {@code packages}, at least one; a small one goes along with the next. */
    static List<BuildStage> of(List<PackageFile> packages, ToLongFunction<PackageName> stageOf) {
        return of(packages, stageOf, WORTH_A_LAYER);
    }

    static List<BuildStage> of(List<PackageFile> packages, ToLongFunction<PackageName> stageOf, int smallest) {
        var byStage = new TreeMap<Long, List<PackageFile>>();
        for (PackageFile file : packages) {
            byStage.computeIfAbsent(stageOf.applyAsLong(file.name()), _ -> new ArrayList<>())
                    .add(file);
        }
        List<BuildStage> stages = new ArrayList<>();
        List<PackageFile> gathered = new ArrayList<>();
        for (var stage : byStage.entrySet()) {
            gathered.addAll(stage.getValue());
            if (gathered.size() >= smallest || stage.getKey().equals(byStage.lastKey())) {
                stages.add(new BuildStage(
                        stages.size() + 1, gathered.stream().sorted(ORDER).toList()));
                gathered.clear();
            }
        }
        return stages.isEmpty() ? List.of(new BuildStage(1, List.of())) : stages;
    }
}
