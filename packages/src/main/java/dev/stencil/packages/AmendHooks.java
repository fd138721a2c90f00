package dev.stencil.packages;

import dev.stencil.linux.ProgramRunner;

/** What is done before and after packages come into a root that is not in use; {@code inside} runs programs in it. */
public interface AmendHooks {
    void before(ProgramRunner inside);

    void after(ProgramRunner inside);
}
