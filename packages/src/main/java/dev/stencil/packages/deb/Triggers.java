package dev.stencil.packages.deb;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The triggers of a root: who is interested in which path or name, and what newly unpacked packages set off. What is set
 * off is written where {@code dpkg-trigger} would write it, and dpkg takes it in when it starts next. Nothing awaits these
 * triggers: a wave is over only when all have run. Source: deb-triggers(5), dpkg's doc/triggers.txt.
 */
final class Triggers {
    private static final String DIRECTORY = "var/lib/dpkg/triggers";

    private final Root root;
    private final Map<String, Set<String>> interestedInPath = new LinkedHashMap<>();
    private final Map<String, Set<String>> interestedInName = new LinkedHashMap<>();

    private Triggers(Root root) {
        this.root = root;
    }

    static Triggers read(Root root) throws IOException {
        var triggers = new Triggers(root);
        for (String line : root.readText(DIRECTORY + "/File").orElse("").lines().toList()) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                triggers.addInterest(line.substring(0, blank), line.substring(blank + 1));
            }
        }
        for (String name : root.list(DIRECTORY)) {
            if (Character.isLowerCase(name.charAt(0))) {
                for (String line :
                        root.readText(DIRECTORY + "/" + name).orElse("").lines().toList()) {
                    triggers.addInterest(name, line);
                }
            }
        }
        return triggers;
    }

    private void addInterest(String trigger, String who) {
        var interested = trigger.startsWith("/") ? interestedInPath : interestedInName;
        interested.computeIfAbsent(trigger, ignored -> new LinkedHashSet<>()).add(who);
    }

    /** Packages whose control file {@code triggers} declares interests from now on have them. */
    void addInterests(List<DebPackage> packages) throws IOException {
        for (DebPackage one : packages) {
            for (Directive directive : directives(one)) {
                if (directive.verb.startsWith("interest")) {
                    boolean noAwait = directive.verb.endsWith("-noawait");
                    addInterest(directive.trigger, one.infoName() + (noAwait ? "/noawait" : ""));
                }
            }
        }
        var file = new StringBuilder();
        interestedInPath.forEach((path, all) ->
                all.forEach(who -> file.append(path).append(' ').append(who).append('\n')));
        write("File", file.toString());
        for (Map.Entry<String, Set<String>> named : interestedInName.entrySet()) {
            write(named.getKey(), String.join("\n", named.getValue()) + "\n");
        }
    }

    /** What the arrival of these packages sets off. */
    void activate(List<UnpackedPackage> packages) throws IOException {
        Set<String> activated = new LinkedHashSet<>();
        for (UnpackedPackage one : packages) {
            for (Directive directive : directives(one.deb())) {
                if (directive.verb.startsWith("activate") && isInteresting(directive.trigger)) {
                    activated.add(directive.trigger);
                }
            }
            one.paths().forEach(path -> addPathTriggers(path, activated));
        }
        var pending = new StringBuilder(root.readText(DIRECTORY + "/Unincorp").orElse(""));
        activated.forEach(trigger -> pending.append(trigger).append(" -\n"));
        write("Unincorp", pending.toString());
    }

    private boolean isInteresting(String trigger) {
        return interestedInName.containsKey(trigger) || interestedInPath.containsKey(trigger);
    }

    /** A path sets off the triggers of its own name and of all directories above it. */
    private void addPathTriggers(String path, Set<String> activated) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            String trigger = path.substring(0, end);
            if (interestedInPath.containsKey(trigger)) {
                activated.add(trigger);
            }
        }
    }

    private record Directive(String verb, String trigger) {}

    private static List<Directive> directives(DebPackage one) {
        List<Directive> directives = new ArrayList<>();
        for (String line : one.controlFile("triggers")
                .map(DebArchive.ControlFile::text)
                .orElse("")
                .lines()
                .toList()) {
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
            if (words.length == 2 && isUsable(words[1])) {
                directives.add(new Directive(words[0], words[1]));
            }
        }
        return directives;
    }

    /** The name of a trigger becomes the name of a file. */
    private static boolean isUsable(String trigger) {
        return trigger.startsWith("/") || (trigger.indexOf('/') < 0 && Character.isLowerCase(trigger.charAt(0)));
    }

    private void write(String name, String content) throws IOException {
        root.write(DIRECTORY + "/" + name, content, Mode.FILE, Owner.ROOT);
    }
}
