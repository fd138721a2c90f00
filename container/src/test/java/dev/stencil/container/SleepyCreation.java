package dev.stencil.container;

import dev.stencil.container.ContainerLocks.Held;
import dev.stencil.container.ContainerLocks.Work;
import dev.stencil.container.config.ContainerId;
import dev.stencil.host.Digest;
import dev.stencil.host.HostLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that falls asleep in the middle of a creation, to be killed there. */
final class SleepyCreation {
    private SleepyCreation() {}

    @SuppressWarnings("try") // locks are held, not used
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var layout = new HostLayout(Path.of(arguments[0]));
        ContainerId id = ContainerId.parse(arguments[1]);
        try (Held held = new ContainerLocks(layout.at("/vz/lock")).acquire(id, Work.CREATING);
                PrivateAreaDraft draft = PrivateAreaDraft.begin(layout.at("/vz/private/" + id))) {
            IdRange ids = new IdRanges(layout).allocate(id);
            draft.fill(List.of(Digest.of(new byte[0])), ids, "host");
            System.out.println("half-way");
            Thread.sleep(60_000);
        }
    }
}
