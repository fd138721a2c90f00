package dev.stencil.image;

import dev.stencil.host.Release;
import dev.stencil.image.GenerationManifest.Maker;
import dev.stencil.image.layer.Installed;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.RootContents;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Vzpackages;
import dev.stencil.packages.lock.Lock;
import java.io.IOException;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is written down about a generation beside its layers, some of which containers get a copy of (spec vzpkg 2.2). */
final class GenerationBooks {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final ApplicationDetector detector;
    private final Clock clock;

    GenerationBooks(ApplicationDetector detector, Clock clock) {
        this.detector = detector;
        this.clock = clock;
    }

    /** Writes down what {@code draft} holds, and answers it. */
    RootContents keep(GenerationDraft draft, CacheSubject subject) throws IOException {
        RootContents contents = RootContents.of(draft.stack().getLast());
        var manifest = new GenerationManifest(
                subject.name(),
                clock.instant(),
                new Maker(Release.VERSION, subject.template().packageManager()),
                draft.stack().stream().map(Layer::digest).toList(),
                contents.packages(),
                contents.extent(),
                draft.lock().map(Lock::id));
        draft.write(GenerationStore.MANIFEST, manifest.text());
        List<PackageName> packages =
                contents.packages().stream().map(Installed::name).toList();
        draft.write("templates/vzpackages", Vzpackages.of(packages).text());
        Set<String> applied = new LinkedHashSet<>(Set.of(subject.template().name()));
        if (!subject.applications().isEmpty()) {
            List<String> applications = detector.applications(subject.template(), subject.applications(), packages);
            draft.write(GenerationStore.APPLICATIONS, String.join("\n", applications) + "\n");
            applied.addAll(applications);
        }
        for (String template : applied) {
            draft.write("templates/" + template + "/timestamp", TIMESTAMP.format(ZonedDateTime.now(clock)) + "\n");
        }
        return contents;
    }
}
