package dev.stencil.fuzz;

import dev.stencil.fixtures.lane.NotAffectedBy;

@NotAffectedBy({"template", "packages", "image", "container"})
class HostFuzzIT extends RoomFuzzing {
    HostFuzzIT() {
        super("host");
    }
}
