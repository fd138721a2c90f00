package dev.stencil.container.engine;

import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.UserNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a guest finds when it is made: namespaces that outlive a reboot inside, cgroups, {@code /run/host}. */
final class GuestPreparation {
    private final GuestDirectory guest;
    private final ProgramRunner host;
    private final GuestCgroup cgroup;

    GuestPreparation(GuestDirectory guest, ProgramRunner host, GuestCgroup cgroup) {
        this.guest = guest;
        this.host = host;
        this.cgroup = cgroup;
    }

    void make(GuestSpec spec) throws IOException {
        pinNamespaces(spec);
        cgroup.make(spec.ids());
        cgroup.limit(spec.limits());
        Path folder = guest.hostFolder();
        Files.writeString(folder.resolve("container-manager"), "stencil\n");
        Files.writeString(folder.resolve("container-uuid"), spec.identity().uuid() + "\n");
    }

    private void pinNamespaces(GuestSpec spec) throws IOException {
        if (spec.ids().isPresent()) {
            var ids = spec.ids().get();
            try (var namespace = UserNamespace.open(host, ids.first(), ids.count())) {
                namespace.pin(guest.userNamespace(), guest.networkNamespace());
            }
        } else {
            Files.createFile(guest.networkNamespace());
            host.run(Program.of("unshare", "--net=" + guest.networkNamespace(), "true"))
                    .orThrow();
        }
    }
}
