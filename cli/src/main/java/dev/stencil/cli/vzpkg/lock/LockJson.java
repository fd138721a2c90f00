package dev.stencil.cli.vzpkg.lock;

import dev.stencil.image.lock.LockStore;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockDiff;
import dev.stencil.packages.lock.LockedInput;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Locks and their differences as JSON, with the same keys as the file's (spec conary 9.3). */
final class LockJson {
    private LockJson() {}

    /** Properties that tell one lock from another. */
    static void identity(JsonGenerator json, Lock lock) {
        json.writeStringProperty("template", lock.template().name());
        strings(json, "apps", lock.template().apps());
        json.writeStringProperty("id", LockStore.shown(lock.id()));
        json.writeNumberProperty("revision", lock.provenance().revision());
        json.writeNumberProperty("clock", lock.template().clock());
        json.writeNumberProperty("packages", lock.packages().size());
    }

    /** The whole lock as an object. */
    static void lock(JsonGenerator json, Lock lock) {
        json.writeStartObject();
        json.writeNumberProperty("lock-version", Lock.VERSION);
        template(json, lock);
        json.writeArrayPropertyStart("input");
        for (LockedInput input : lock.inputs()) {
            json.writeStartObject();
            json.writeStringProperty("path", input.path());
            json.writeStringProperty("sha256", input.sha256().hex());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("repository");
        lock.repositories().forEach(one -> repository(json, one));
        json.writeEndArray();
        json.writeArrayPropertyStart("package");
        lock.packages().forEach(one -> lockedPackage(json, one));
        json.writeEndArray();
        provenance(json, lock);
        json.writeEndObject();
    }

    private static void template(JsonGenerator json, Lock lock) {
        json.writeObjectPropertyStart("template");
        json.writeStringProperty("name", lock.template().name());
        text(json, "set", lock.template().set());
        json.writeStringProperty("arch", lock.template().arch());
        strings(json, "apps", lock.template().apps());
        text(json, "build", lock.template().build());
        json.writeStringProperty("flavor", lock.template().flavor());
        json.writeStringProperty("manager", lock.template().manager());
        json.writeStringProperty("digest", LockStore.shown(lock.inputDigest()));
        json.writeNumberProperty("clock", lock.template().clock());
        json.writeEndObject();
    }

    private static void repository(JsonGenerator json, LockedRepository one) {
        json.writeStartObject();
        json.writeStringProperty("id", one.id());
        json.writeStringProperty("type", one.type());
        json.writeStringProperty("url", one.url());
        text(json, "suite", one.part().suite());
        strings(json, "components", one.part().components());
        strings(json, "labels", one.part().labels());
        text(json, "arch", one.part().arch());
        text(json, "metadata", one.state().metadata().map(LockStore::shown));
        text(json, "dated", one.state().dated().map(Instant::toString));
        strings(json, "signed-by", one.state().signedBy());
        text(json, "snapshot", one.state().snapshot());
        json.writeEndObject();
    }

    private static void lockedPackage(JsonGenerator json, LockedPackage one) {
        json.writeStartObject();
        json.writeStringProperty("name", one.name());
        json.writeNumberProperty("epoch", one.identity().epoch());
        json.writeStringProperty("version", one.identity().version());
        json.writeStringProperty("arch", one.arch());
        json.writeStringProperty("repository", one.file().repository());
        json.writeStringProperty("location", one.file().location());
        json.writeNumberProperty("size", one.file().sizeBytes());
        json.writeStringProperty("sha256", one.file().sha256().hex());
        one.origin().installedBytes().ifPresent(bytes -> json.writeNumberProperty("installed-size", bytes));
        text(json, "source", one.origin().source());
        json.writeNumberProperty("stage", one.membership().stage());
        json.writeStringProperty("ref", one.membership().reference().word());
        json.writeBooleanProperty("default", one.isDefault());
        strings(json, "why", one.membership().why());
        json.writeEndObject();
    }

    private static void provenance(JsonGenerator json, Lock lock) {
        json.writeObjectPropertyStart("provenance");
        json.writeStringProperty("id", LockStore.shown(lock.id()));
        json.writeNumberProperty("revision", lock.provenance().revision());
        text(json, "parent", lock.provenance().parent().map(LockStore::shown));
        json.writeStringProperty("created", lock.provenance().created().toString());
        json.writeStringProperty("created-by", lock.provenance().createdBy());
        json.writeEndObject();
    }

    /** Properties of a difference; {@code changes} is empty when the locks are equal. */
    static void diff(JsonGenerator json, LockDiff diff) {
        end(json, "from", diff.before());
        end(json, "to", diff.after());
        json.writeArrayPropertyStart("packages");
        diff.packages().forEach(change -> change(json, change));
        json.writeEndArray();
        changes(json, "repositories", diff.repositories());
        changes(json, "inputs", diff.inputs());
        json.writeNumberProperty("added", diff.count(LockDiff.Kind.ADDED));
        json.writeNumberProperty("removed", diff.count(LockDiff.Kind.REMOVED));
        json.writeNumberProperty("changed", diff.count(LockDiff.Kind.CHANGED));
        json.writeNumberProperty("fetch", diff.fetchBytes());
    }

    private static void end(JsonGenerator json, String name, Lock lock) {
        json.writeObjectPropertyStart(name);
        identity(json, lock);
        json.writeEndObject();
    }

    private static void change(JsonGenerator json, LockDiff.PackageChange change) {
        json.writeStartObject();
        json.writeStringProperty("change", change.kind().word());
        json.writeStringProperty("name", change.name().name());
        json.writeStringProperty("arch", change.name().arch());
        text(json, "from", change.before().map(LockedPackage::fullVersion));
        text(json, "to", change.after().map(LockedPackage::fullVersion));
        json.writeStringProperty("repository", change.shown().file().repository());
        json.writeNumberProperty("fetch", change.fetchBytes());
        strings(json, "notes", change.notes());
        json.writeEndObject();
    }

    private static void changes(JsonGenerator json, String name, List<LockDiff.SourceChange> changes) {
        json.writeArrayPropertyStart(name);
        for (LockDiff.SourceChange change : changes) {
            json.writeStartObject();
            json.writeStringProperty("change", change.kind().word());
            json.writeStringProperty("name", change.name());
            json.writeStringProperty("detail", change.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void text(JsonGenerator json, String name, Optional<String> value) {
        value.ifPresent(text -> json.writeStringProperty(name, text));
    }

    static void strings(JsonGenerator json, String name, List<String> values) {
        if (!values.isEmpty()) {
            json.writeArrayPropertyStart(name);
            values.forEach(json::writeString);
            json.writeEndArray();
        }
    }
}
