package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Output;
import dev.stencil.container.applications.ContainerPackages;
import dev.stencil.container.applications.Deviation;
import dev.stencil.container.applications.LockUpdates;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.image.lock.LockStore;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.Outdated;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.lock.Lock;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * How a container stands: fresh, behind its lock or its repositories, or drifted (spec vzpkg 4.6, conary 9.6).
 *
 * @param behind what is there and what should be, which either may be missing
 * @param lock the lock that it follows
 */
record ContainerStatusPage(String container, List<Deviation> drifted, List<Step> behind, Optional<Lock> lock)
        implements StatusPage {

    /** A package that an update would change. */
    record Step(Optional<PackageName> installed, Optional<PackageName> offered) {
        String text() {
            String to = offered.map(PackageName::version).orElse("gone");
            return installed
                    .map(is -> is + " -> " + to)
                    .orElseGet(() -> offered.map(PackageName::toString).orElse("") + " is missing");
        }
    }

    /** Looks at a container. */
    static ContainerStatusPage of(
            ContainerPackages services, String container, Freshness freshness, Progress progress) {
        List<Deviation> drifted = services.inventory().deviations(container);
        return services.locks()
                .standing(container)
                .map(standing -> locked(container, drifted, standing))
                .orElseGet(() ->
                        unlocked(container, drifted, services.inventory().outdated(container, freshness, progress)));
    }

    private static ContainerStatusPage locked(
            String container, List<Deviation> drifted, LockUpdates.Standing standing) {
        List<Step> behind = standing.behind().stream()
                .map(one -> new Step(one.installed(), one.recorded()))
                .toList();
        return new ContainerStatusPage(container, drifted, behind, Optional.of(standing.lock()));
    }

    private static ContainerStatusPage unlocked(String container, List<Deviation> drifted, List<Outdated> outdated) {
        List<Step> behind = outdated.stream()
                .map(one -> new Step(Optional.of(one.installed()), Optional.of(one.offered())))
                .toList();
        return new ContainerStatusPage(container, drifted, behind, Optional.empty());
    }

    boolean isFresh() {
        return drifted.isEmpty() && behind.isEmpty();
    }

    /** One word for how it stands. */
    String state() {
        return !drifted.isEmpty() ? "drifted" : !behind.isEmpty() ? "behind" : "fresh";
    }

    @Override
    public int code() {
        return isFresh() ? 0 : Fault.STALE.vzpkgCode();
    }

    @Override
    public void tell(Output out) {
        if (isFresh()) {
            out.line("CT " + container + " is up2date");
            return;
        }
        drifted.forEach(one -> out.note(" " + one.text()));
        if (!drifted.isEmpty()) {
            out.warn("CT " + container + " has drifted: " + drifted.size()
                    + " packages are not what is recorded. Bring them back with: vzpkg sync " + container);
        }
        behind.forEach(one -> out.note(" " + one.text()));
        if (!behind.isEmpty()) {
            lock.ifPresent(one -> out.note("CT " + container + " is " + behind.size() + " packages behind lock r"
                    + one.provenance().revision() + " of " + one.template().name()));
            out.warn("CT " + container + " is not up2date");
        }
    }

    @Override
    public void writeProperties(JsonGenerator json) {
        json.writeStringProperty("container", container);
        writeState(json);
    }

    /** Everything but the container's name, into the object that is open. */
    void writeState(JsonGenerator json) {
        json.writeStringProperty("state", state());
        lock.ifPresent(one -> {
            json.writeObjectPropertyStart("lock");
            json.writeStringProperty("id", LockStore.shown(one.id()));
            json.writeNumberProperty("revision", one.provenance().revision());
            json.writeEndObject();
        });
        json.writeArrayPropertyStart("behind");
        behind.forEach(one -> write(one.installed(), one.offered(), "offered", json));
        json.writeEndArray();
        json.writeArrayPropertyStart("drifted");
        drifted.forEach(one -> write(one.installed(), one.recorded(), "recorded", json));
        json.writeEndArray();
    }

    private static void write(
            Optional<PackageName> installed, Optional<PackageName> wanted, String wantedKey, JsonGenerator json) {
        PackageName name = wanted.or(() -> installed).orElseThrow();
        json.writeStartObject();
        json.writeStringProperty("name", name.name());
        json.writeStringProperty("arch", name.arch());
        installed.ifPresent(is -> json.writeStringProperty("installed", is.version()));
        wanted.ifPresent(should -> json.writeStringProperty(wantedKey, should.version()));
        json.writeEndObject();
    }
}
