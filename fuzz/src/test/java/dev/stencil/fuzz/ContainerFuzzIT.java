package dev.stencil.fuzz;

class ContainerFuzzIT extends RoomFuzzing {
    ContainerFuzzIT() {
        super("container");
    }
}
