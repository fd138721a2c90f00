package dev.stencil.packages.tools;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.template.PackageManagerType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one place that decides where the tools of a family come from: this host, when it has all of them and none is too old;
 * else the first tree that has; else the first that can be made by what this host has. All of them are taken from one place,
 * so that they fit each other (decision 0083).
 */
public final class ToolChoice {
    private final ProgramRunner host;
    private final ToolsTree ofHost;
    private final ToolsTrees trees;
    private final ToolsTrees.Listener listener;
    private final Path state;

    /**
     * @param host runs programs of this host
     * @param state where the roots of trees are put together
     */
    public ToolChoice(ProgramRunner host, ToolsTrees trees, ToolsTrees.Listener listener, Path state) {
        this(host, ToolsTree.HOST, trees, listener, state);
    }

    /** @param ofHost where the programs of {@code host} are looked for */
    ToolChoice(ProgramRunner host, ToolsTree ofHost, ToolsTrees trees, ToolsTrees.Listener listener, Path state) {
        this.host = host;
        this.ofHost = ofHost;
        this.trees = trees;
        this.listener = listener;
        this.state = state;
    }

    /** What was decided: a tree, and what runs programs of it. */
    record Chosen(ToolsTree tree, ProgramRunner programs) {}

    /** @throws StencilException {@code PACKAGE_MANAGER} telling what is missing and what can be done */
    Chosen of(PackageManagerType family) {
        List<Tool> tools = Tool.of(family);
        List<String> missing = onHost().lacks(tools);
        if (missing.isEmpty()) {
            return new Chosen(ofHost, host);
        }
        List<String> tried = new ArrayList<>();
        List<ToolsTrees.Buildable> buildable = new ArrayList<>();
        for (ToolsTrees.Candidate candidate : trees.candidates()) {
            switch (candidate) {
                case ToolsTrees.Ready(ToolsTree tree) -> {
                    Optional<Chosen> chosen = tryTree(tree, tools, tried);
                    if (chosen.isPresent()) {
                        return chosen.get();
                    }
                }
                case ToolsTrees.Unusable(String name, String reason) -> tried.add(name + " " + reason);
                case ToolsTrees.Buildable one -> buildable.add(one);
            }
        }
        for (ToolsTrees.Buildable one : buildable) {
            if (canBuild(one, tools, tried)) {
                listener.progress()
                        .note("Making tools tree " + one.name() + ", for this host has "
                                + String.join(" and ", missing));
                return tryTree(one.build().run(listener.progress()), tools, tried)
                        .orElseThrow(() -> nothing(family, missing, tried));
            }
        }
        throw nothing(family, missing, tried);
    }

    private ToolInventory onHost() {
        return new ToolInventory(ofHost, host);
    }

    private Optional<Chosen> tryTree(ToolsTree tree, List<Tool> tools, List<String> tried) {
        ProgramRunner programs = new TreePrograms(host, tree, state);
        List<String> lacks = new ToolInventory(tree, programs).lacks(tools);
        if (!lacks.isEmpty()) {
            tried.add(tree.name() + " has " + String.join(" and ", lacks));
            return Optional.empty();
        }
        listener.progress().note("Using " + shown(tools) + " of tools tree " + tree.name());
        return Optional.of(new Chosen(tree, programs));
    }

    /** What this host lacks cannot make what brings it. */
    private boolean canBuild(ToolsTrees.Buildable tree, List<Tool> tools, List<String> tried) {
        if (!tools.stream().allMatch(tool -> tool.isAmong(tree.packages()))) {
            tried.add("the packages of " + tree.name() + " do not name " + shown(tools));
            return false;
        }
        List<String> lacks = onHost().lacks(Tool.of(tree.family()));
        if (!lacks.isEmpty()) {
            tried.add(tree.name() + " cannot be made, for this host has " + String.join(" and ", lacks));
        }
        return lacks.isEmpty();
    }

    private static StencilException nothing(PackageManagerType family, List<String> missing, List<String> tried) {
        String others = tried.isEmpty() ? "there is no tools tree" : String.join("; ", tried);
        return new StencilException(
                Fault.PACKAGE_MANAGER,
                "Templates of the family " + family.printed() + " need "
                        + shown(Tool.of(family)) + ". This host has " + String.join(" and ", missing) + "; " + others
                        + ". Install them, or name a directory or a template that has them in TOOLS_TREE of vztt.conf.");
    }

    private static String shown(List<Tool> tools) {
        return String.join(", ", tools.stream().map(Tool::shown).toList());
    }
}
