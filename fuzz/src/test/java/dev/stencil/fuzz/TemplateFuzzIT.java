package dev.stencil.fuzz;

import dev.stencil.fixtures.lane.NotAffectedBy;

@NotAffectedBy({"packages", "image", "container"})
class TemplateFuzzIT extends RoomFuzzing {
    TemplateFuzzIT() {
        super("template");
    }
}
