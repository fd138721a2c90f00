package dev.stencil.cli;

import dev.stencil.cli.progress.BarProgress;
import dev.stencil.cli.progress.ContainerLines;
import dev.stencil.cli.progress.ContainersProgress;
import dev.stencil.cli.progress.DescriptorProgress;
import dev.stencil.cli.progress.LineProgress;
import dev.stencil.cli.progress.LiveContainers;
import dev.stencil.cli.progress.ProgressPair;
import dev.stencil.cli.progress.ShownProgress;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.Redaction;
import dev.stencil.host.StencilException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Where a command's words go. Data to standard output, kept back and written at once; everything for a person to standard
 * error, filtered by verbosity: 0 errors only ({@code -q}), 1 normal, higher for details.
 */
public final class Output implements AutoCloseable {
    private final PrintStream data;
    private final PrintStream messages;
    private final Terminal terminal;
    private final Interruption interruption;
    private final MessageLog log;
    private int verbosity = 1;
    private boolean json;
    private @Nullable Path progressDescriptor;
    private @Nullable DescriptorProgress protocol;
    private @Nullable ShownProgress progress;

    Output(OutputStream data, OutputStream messages, Terminal terminal, Interruption interruption, MessageLog log) {
        this.data = new PrintStream(new BufferedOutputStream(data, 32 * 1024), false, StandardCharsets.UTF_8);
        this.messages = new PrintStream(new BufferedOutputStream(messages, 1024), false, StandardCharsets.UTF_8);
        this.terminal = terminal;
        this.interruption = interruption;
        this.log = log;
    }

    static Output ofProcess(Map<String, String> environment, Interruption interruption, MessageLog log) {
        var out = new Output(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Terminal.detect(environment),
                interruption,
                log);
        String descriptor = environment.get("VZ_PROGRESS_FD");
        if (descriptor != null && !descriptor.isEmpty()) {
            out.showProgressOn(descriptor);
        }
        return out;
    }

    /** One line of data. */
    public void line(String text) {
        data.print(text);
        data.print('\n');
    }

    /** Data without an end of line. */
    public void print(String text) {
        data.print(text);
    }

    /** One line about what happens, at normal verbosity. */
    public void note(String text) {
        detail(1, text);
    }

    /** One line about what happens, shown from {@code level} on. */
    public void detail(int level, String text) {
        if (verbosity >= level) {
            message(text);
            log(text);
        }
    }

    /** Always shown, also when quiet. Failures are thrown instead; this is for results that go to standard error. */
    public void warn(String text) {
        message(text);
        log(text);
    }

    /** {@code Error: text}, always shown. */
    void error(String text) {
        message(terminal.red("Error:") + " " + text);
        log("Error: " + text);
    }

    private void log(String text) {
        log.append(Redaction.of(text));
    }

    /** Text for a person as it is, always shown, not logged. */
    void message(String text) {
        data.flush();
        messages.print(Redaction.of(text) + "\n"); // at once: programs are told by several threads
        messages.flush();
    }

    /** Whether {@code --json} was given. */
    public boolean isJson() {
        return json;
    }

    /** Writes one JSON value as data, indented by two. */
    public void json(Consumer<JsonGenerator> writer) {
        try (JsonGenerator generator = JsonText.generator(data)) {
            writer.accept(generator);
        }
        data.print('\n');
    }

    public int verbosity() {
        return verbosity;
    }

    public boolean isQuiet() {
        return verbosity == 0;
    }

    public void setVerbosity(int level) {
        verbosity = level;
    }

    public void setJson(boolean wanted) {
        json = wanted;
    }

    /** Also tells progress by the protocol of spec vzpkg 9.4 on the open descriptor of that number. */
    public void showProgressOn(String descriptor) {
        Path path = Path.of("/proc/self/fd").resolve(descriptor);
        boolean isNumber = descriptor.length() < 6 && descriptor.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber || descriptor.equals("0") || !Files.exists(path)) {
            throw new StencilException(
                    Fault.BAD_VALUE,
                    "Progress was asked for on file descriptor \"" + descriptor + "\", which is not open for writing.");
        }
        progressDescriptor = path;
    }

    /** Where services tell how far they are: bars on a terminal, lines elsewhere, nothing when quiet. */
    public Progress progress() {
        ShownProgress made = progress;
        if (made == null) {
            ShownProgress shown = shownProgress();
            Path descriptor = progressDescriptor;
            made = descriptor == null ? shown : new ProgressPair(shown, protocol(descriptor));
            progress = made;
        }
        return made;
    }

    /**
     * The answer to a question, a stage of its own for programs that asked for progress (spec vzpkg 9.4). A person is told
     * nothing: the answer is there at once.
     */
    public <T> T queried(String stage, Supplier<T> question) {
        Path descriptor = progressDescriptor;
        if (descriptor == null) {
            return question.get();
        }
        DescriptorProgress told = protocol(descriptor);
        told.begin(stage);
        try {
            return question.get();
        } finally {
            told.end(stage);
        }
    }

    /** Where work on several containers tells how far it is: a line for each on a terminal, plain lines elsewhere. */
    public ContainersProgress containersProgress() {
        return terminal.isInteractive() && !isQuiet()
                ? new LiveContainers(messages, terminal.columns())
                : new ContainerLines(this::note);
    }

    private ShownProgress shownProgress() {
        return terminal.isInteractive() && !isQuiet()
                ? new BarProgress(messages, terminal::barColumns)
                : new LineProgress(this::note, System::nanoTime);
    }

    /** Opened once: it knows which stage is to be ended. */
    private DescriptorProgress protocol(Path descriptor) {
        DescriptorProgress open = protocol;
        if (open != null) {
            return open;
        }
        try {
            open = new DescriptorProgress(new FileOutputStream(descriptor.toFile(), true));
            protocol = open;
            return open;
        } catch (IOException e) {
            throw new StencilException(
                    Fault.BAD_VALUE, "Cannot tell progress on " + descriptor + ": " + e.getMessage(), e);
        }
    }

    /** Whether a signal has told this process to end; failures are its consequence then. */
    public boolean isInterrupted() {
        return interruption.isUnderway();
    }

    /** Does work that a signal must not stop half-way; see {@link Interruption#hold}. */
    public <T> T uninterrupted(Supplier<T> work) {
        return interruption.hold(work);
    }

    /** Width to wrap help texts at. */
    int columns() {
        return terminal.columns();
    }

    PrintStream dataStream() {
        return data;
    }

    /** Everything said so far is out; needed before a child writes to the same streams. */
    public void flush() {
        data.flush();
        messages.flush();
    }

    @Override
    public void close() {
        ShownProgress open = progress;
        if (open != null) {
            open.close();
        }
        DescriptorProgress told = protocol;
        if (told != null) {
            told.close();
        }
        flush();
    }
}
