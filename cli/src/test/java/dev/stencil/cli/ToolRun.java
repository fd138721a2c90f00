package dev.stencil.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One command line run inside the test, below a directory of its own. */
public final class ToolRun {
    private final Path root;
    private final Map<String, String> environment;

    public ToolRun(Path root) {
        this.root = root;
        this.environment = Map.of("STENCIL_ROOT", root.toString());
    }

    /** What came of it; paths of the test's directory are written as {@code ROOT}. */
    public record Result(int code, String data, String messages, List<String> log) {
        /** All three in one text, for golden files. */
        public String text() {
            return data + (messages.isEmpty() ? "" : "--- standard error\n" + messages) + "--- exit " + code + "\n";
        }
    }

    /** Runs {@code words}, the first of which is the tool's name, as root. */
    public Result run(String... words) {
        return run(Main.tool(words[0]), true, words);
    }

    public Result runAsNobody(String... words) {
        return run(Main.tool(words[0]), false, words);
    }

    Result run(Tool tool, boolean isRoot, String... words) {
        var data = new ByteArrayOutputStream();
        var messages = new ByteArrayOutputStream();
        List<String> log = new ArrayList<>();
        int code;
        try (var out = new Output(data, messages, Terminal.NONE, Interruption.none(), log::add)) {
            code = new Dispatcher(tool, new Stencil(environment), out, isRoot)
                    .run(List.of(words).subList(1, words.length));
        }
        String written = text(data);
        boolean isJson = List.of(words).contains("--json") && !List.of(words).contains("--help");
        if (isJson && !written.isEmpty()) {
            Schemas.check(tool, List.of(words).subList(1, words.length), written);
        }
        return new Result(code, written, text(messages), List.copyOf(log));
    }

    private String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).replace(root.toString(), "ROOT");
    }
}
