package dev.stencil.packages.rpm;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which scriptlet rpm was running when it was killed. rpm itself says so only while it debugs, and then it changes
 * what scriptlets do. But it puts each into a file in the root, which stays there when rpm is killed: the package is the one
 * that has that text.
 */
final class HungScriptlet {
    /** Where rpm keeps temporary files in a root ({@code %_tmppath}). */
    private static final String FOLDER = "var/tmp";

    private static final String PREFIX = "rpm-tmp.";
    private static final String FIELD = "\u001f";
    private static final String RECORD = "\u001e";
    private static final List<String> KINDS =
            List.of("pretrans", "pre", "post", "preun", "postun", "posttrans", "verifyscript");
    private static final String FORMAT = "%{NVRA}" + FIELD + "%{PRETRANS}" + FIELD + "%{PREIN}" + FIELD + "%{POSTIN}"
            + FIELD + "%{PREUN}" + FIELD + "%{POSTUN}" + FIELD + "%{POSTTRANS}" + FIELD + "%{VERIFYSCRIPT}" + RECORD;
    private static final String TRIGGERS = "[%{=NVRA}" + FIELD + "%{TRIGGERSCRIPTS}" + RECORD + "]";
    private static final String FILE_TRIGGERS = "[%{=NVRA}" + FIELD + "%{FILETRIGGERSCRIPTS}" + RECORD + "]";
    private static final String LATE_TRIGGERS = "[%{=NVRA}" + FIELD + "%{TRANSFILETRIGGERSCRIPTS}" + RECORD + "]";

    private final ProgramRunner host;
    private final Path path;
    private final Set<String> before;

    private HungScriptlet(ProgramRunner host, Path path, Set<String> before) {
        this.host = host;
        this.path = path;
        this.before = before;
    }

    /** Before rpm is started on the root at {@code path}. */
    static HungScriptlet watch(ProgramRunner host, Path path) throws IOException {
        try (Root root = Root.open(path)) {
            return new HungScriptlet(host, path, files(root));
        }
    }

    private static Set<String> files(Root root) throws IOException {
        Set<String> names = new HashSet<>();
        if (root.isDirectory(FOLDER)) {
            root.list(FOLDER).stream().filter(name -> name.startsWith(PREFIX)).forEach(names::add);
        }
        return names;
    }

    /**
     * Its name as rpm would write it, {@code %post(hello-1.0-1.x86_64)}; the file that rpm has left is deleted.
     *
     * @param packages files of the packages that came
     */
    Optional<String> name(List<Path> packages) throws IOException {
        try (Root root = Root.open(path)) {
            for (String name : files(root)) {
                if (!before.contains(name)) {
                    String text = root.readText(FOLDER + "/" + name).orElse("").strip();
                    root.delete(FOLDER + "/" + name);
                    return find(root, text, packages);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> find(Root root, String text, List<Path> packages) throws IOException {
        List<String> files = packages.stream().map(Path::toString).toList();
        Optional<String> found = search(text, RpmQuery.rpm("rpm", "-qp").args(files));
        Optional<RpmDatabase> database = RpmDatabase.find(root);
        if (found.isPresent() || database.isEmpty()) {
            return found;
        }
        try (RpmScratch copy = RpmScratch.copy(root, database.get(), host)) {
            return search(text, RpmQuery.rpm("rpm", "--dbpath", copy.database().toString(), "-qa"));
        }
    }

    private Optional<String> search(String text, Program query) throws IOException {
        for (String[] fields : answers(query, FORMAT)) {
            for (int i = 0; i < KINDS.size() && i + 1 < fields.length; i++) {
                if (fields[i + 1].strip().equals(text)) {
                    return Optional.of(named(KINDS.get(i), fields[0]));
                }
            }
        }
        for (String format : List.of(TRIGGERS, FILE_TRIGGERS, LATE_TRIGGERS)) {
            for (String[] fields : answers(query, format)) {
                if (fields.length > 1 && fields[1].strip().equals(text)) {
                    return Optional.of(named("trigger", fields[0]));
                }
            }
        }
        return Optional.empty();
    }

    private static String named(String kind, String build) {
        return "%" + kind + "(" + build + ")";
    }

    private List<String[]> answers(Program query, String format) throws IOException {
        Finished done = host.run(query.args("--nosignature", "--nodigest", "--qf", format));
        List<String[]> answers = new ArrayList<>();
        for (String record : done.text().split(RECORD)) {
            if (!record.isBlank()) {
                answers.add(record.split(FIELD, -1));
            }
        }
        return answers;
    }
}
