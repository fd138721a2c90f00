package dev.stencil.packages;

import dev.stencil.linux.ProgramRunner;
import java.time.Instant;

/** What is done before and after packages come into a root that is not in use; {@code inside} runs programs in it. */
public interface AmendHooks {
    /** The moment that every script takes for now, as {@link BuildHooks#clock}. */
    Instant clock();

    void before(ProgramRunner inside);

    void after(ProgramRunner inside);
}
