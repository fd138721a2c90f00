package dev.stencil.cli.progress;

/** Tells two listeners. */
public final class ProgressPair implements ShownProgress {
    private final ShownProgress first;
    private final ShownProgress second;

    public ProgressPair(ShownProgress first, ShownProgress second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void stage(String title) {
        first.stage(title);
        second.stage(title);
    }

    @Override
    public void note(String line) {
        first.note(line);
        second.note(line);
    }

    @Override
    public Task task(String what, long total, Unit unit) {
        Task one = first.task(what, total, unit);
        Task other = second.task(what, total, unit);
        return new Task() {
            @Override
            public void advance(long amount) {
                one.advance(amount);
                other.advance(amount);
            }

            @Override
            public void close() {
                one.close();
                other.close();
            }
        };
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
