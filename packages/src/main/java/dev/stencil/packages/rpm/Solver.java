package dev.stencil.packages.rpm;

import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.Resolution;
import java.io.IOException;

/** Which of the family's tools decides. */
interface Solver {
    /** What {@code request} means for the root whose database lies in {@code scratch}, an empty one at first. */
    Resolution solve(DnfState state, RpmScratch scratch, PackageRequest request) throws IOException;
}
