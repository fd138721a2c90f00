package dev.stencil.image.lock;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheSubject;
import dev.stencil.image.Generation;
import dev.stencil.image.GenerationStore;
import dev.stencil.packages.lock.Lock;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.TemplateArea;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the lock that a word of the command line means: a file; {@code TEMPLATE}, its newest lock or else its cache's;
 * {@code TEMPLATE@r3}, a revision; {@code TEMPLATE@cache}, what the cache in force was made from; {@code TEMPLATE@stable}, a
 * channel. A template with applications is {@code TEMPLATE+app+app}.
 */
public final class LockReferences {
    /** Name of the file in a generation's directory that says what the generation was made from. */
    public static final String GENERATION_FILE = "lock";

    private static final String CACHE = "cache";

    private final TemplateArea templates;
    private final GenerationStore generations;

    public LockReferences(TemplateArea templates, GenerationStore generations) {
        this.templates = templates;
        this.generations = generations;
    }

    /**
     * The lock called {@code word}.
     *
     * @throws StencilException {@code LOCK_REQUIRED} when the template has none, {@code FILE_NOT_FOUND} for a file or revision
     *     that is not there, {@code TEMPLATE_UNKNOWN}, {@code NOT_CACHED}
     */
    public NamedLock find(String word) {
        if (isFile(word)) {
            Path file = Path.of(word);
            return new NamedLock(word, file, Lock.read(file));
        }
        int at = word.indexOf('@');
        CacheSubject subject = subject(at < 0 ? word : word.substring(0, at));
        LockStore store = LockStore.of(subject.template(), subject.applications());
        return at < 0 ? newest(word, subject, store) : selected(word, word.substring(at + 1), subject, store);
    }

    /** What {@code TEMPLATE+app} before a selector means. */
    public CacheSubject subject(String word) {
        String[] parts = word.split("\\+", -1);
        var template = templates.requireOfAnyArchitecture(parts[0]);
        List<AppTemplate> applications = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            applications.add(templates.requireApplication(template, parts[i]));
        }
        return new CacheSubject(template, applications);
    }

    private static boolean isFile(String word) {
        return word.indexOf('/') >= 0 || (word.endsWith(".lock") && Files.isRegularFile(Path.of(word)));
    }

    private NamedLock newest(String word, CacheSubject subject, LockStore store) {
        Optional<Lock> newest = store.newest();
        if (newest.isPresent()) {
            return new NamedLock(word, store.file(), newest.get());
        }
        if (generations.current(subject.name()).isPresent()) {
            return ofCache(word, subject);
        }
        throw new StencilException(
                Fault.LOCK_REQUIRED,
                store.name() + " has neither a lock nor a cache. Make a lock: vzpkg lock "
                        + subject.template().name() + ".");
    }

    private NamedLock selected(String word, String selector, CacheSubject subject, LockStore store) {
        if (selector.matches("r\\d{1,9}")) {
            Path file = store.fileOf(Long.parseLong(selector.substring(1)));
            return new NamedLock(word, file, Lock.read(file));
        }
        if (selector.equals(CACHE)) {
            return ofCache(word, subject);
        }
        Lock lock = store.ofChannel(selector)
                .orElseThrow(() -> new StencilException(
                        Fault.LOCK_REQUIRED,
                        "Nothing was promoted to the channel " + selector + " of " + store.name()
                                + ". Promote a revision:" + " vzpkg lock promote "
                                + subject.template().name() + " rN " + selector + "."));
        return new NamedLock(word, store.fileOf(lock.provenance().revision()), lock);
    }

    private NamedLock ofCache(String word, CacheSubject subject) {
        Generation generation = generations
                .current(subject.name())
                .orElseThrow(() -> new StencilException(
                        Fault.NOT_CACHED,
                        subject.name() + " is not cached. Make its cache: vzpkg create cache "
                                + subject.template().name() + "."));
        Path file = generation.directory().resolve(GENERATION_FILE);
        if (!Files.exists(file)) {
            throw new StencilException(
                    Fault.LOCK_REQUIRED,
                    "The cache of " + subject.name()
                            + " was made before caches kept their locks. Make it anew: vzpkg update" + " cache "
                            + subject.template().name() + ".");
        }
        return new NamedLock(word, file, Lock.read(file));
    }
}
