package dev.stencil.packages.lock;

import dev.stencil.packages.lock.LockDiff.Kind;
import dev.stencil.packages.lock.LockDiff.PackageChange;
import dev.stencil.packages.lock.LockDiff.SourceChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A lock diff as people read it. Columns are as wide as their longest entry. Source: spec conary 9.6. */
final class LockDiffText {
    private static final int NARROWEST_NAME = 14;
    private static final int MOST_ASKING = 3;

    /** A line in its columns; those at its end may be empty. */
    private record Line(char sign, String name, String change, String repository, String note) {}

    private final LockDiff diff;

    private LockDiffText(LockDiff diff) {
        this.diff = diff;
    }

    static String of(LockDiff diff) {
        return diff.isEmpty() ? "" : new LockDiffText(diff).text();
    }

    private String text() {
        List<Line> lines = new ArrayList<>();
        diff.packages().forEach(change -> lines.add(line(change)));
        diff.repositories().forEach(change -> lines.add(line('*', change)));
        diff.inputs().forEach(change -> lines.add(line('!', change)));
        int names = NARROWEST_NAME;
        int changes = 0;
        for (Line line : lines) {
            names = Math.max(names, line.name.length());
            changes = line.repository.isEmpty() ? changes : Math.max(changes, line.change.length());
        }
        var text = new StringBuilder(header());
        for (Line line : lines) {
            String change =
                    line.repository.isEmpty() ? line.change : padded(line.change, changes) + "  " + line.repository;
            text.append(line.sign)
                    .append(' ')
                    .append(padded(line.name, names))
                    .append(' ')
                    .append(change)
                    .append(line.note.isEmpty() ? "" : "   (" + line.note + ")")
                    .append('\n');
        }
        return text.append(summary()).toString();
    }

    private String header() {
        String before = title(diff.before().template());
        String after = title(diff.after().template());
        return before + "  " + revision(diff.before()) + "  ->  " + (before.equals(after) ? "" : after + "  ")
                + revision(diff.after()) + "\n";
    }

    static String title(LockedTemplate template) {
        String apps = template.apps().isEmpty() ? "" : "+" + String.join("+", template.apps());
        return template.name()
                + apps
                + template.build().map(build -> " [" + build + "]").orElse("");
    }

    private static String revision(Lock lock) {
        return "r" + lock.provenance().revision() + " sha256:" + lock.id().hex().substring(0, 12) + "…";
    }

    private static Line line(PackageChange change) {
        LockedPackage shown = change.shown();
        String version = change.kind() == Kind.CHANGED ? versions(change.before(), shown) : shown.fullVersion();
        List<String> notes = new ArrayList<>(change.notes());
        if (change.kind() == Kind.ADDED) {
            asking(shown.membership().why()).ifPresent(notes::add);
        }
        return new Line(
                change.kind().sign(), shown.name(), version, shown.file().repository(), String.join(", ", notes));
    }

    private static String versions(Optional<LockedPackage> before, LockedPackage after) {
        String former = before.map(LockedPackage::fullVersion).orElse("");
        return former.equals(after.fullVersion()) ? former : former + " -> " + after.fullVersion();
    }

    private static Optional<String> asking(List<String> why) {
        if (why.isEmpty()) {
            return Optional.empty();
        }
        String first = String.join(", ", why.subList(0, Math.min(MOST_ASKING, why.size())));
        return Optional.of(why.size() <= MOST_ASKING ? first : first + " and " + (why.size() - MOST_ASKING) + " more");
    }

    private static Line line(char sign, SourceChange change) {
        boolean isPlain = change.kind() == Kind.CHANGED
                || change.detail().equals(change.kind().word());
        return new Line(
                sign, change.name(), isPlain ? change.detail() : change.kind().word() + " " + change.detail(), "", "");
    }

    private String summary() {
        return diff.count(Kind.ADDED) + " added, " + diff.count(Kind.REMOVED) + " removed, " + diff.count(Kind.CHANGED)
                + " changed, " + size(diff.fetchBytes()) + " to fetch\n";
    }

    /** Decimal units, one digit after the point from kB on. */
    static String size(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.95 && unit < units.length - 1) {
            amount /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, units[unit]);
    }

    private static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
