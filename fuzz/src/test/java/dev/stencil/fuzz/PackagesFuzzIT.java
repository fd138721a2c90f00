package dev.stencil.fuzz;

import dev.stencil.fixtures.lane.NotAffectedBy;

@NotAffectedBy({"image", "container"})
class PackagesFuzzIT extends RoomFuzzing {
    PackagesFuzzIT() {
        super("packages");
    }
}
