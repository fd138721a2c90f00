package dev.stencil.container.templates;

import java.util.List;
import java.util.Optional;

/**
 * What {@code install template} and {@code update template} are to do (spec vzpkg 8.7).
 *
 * @param operands package files, or names to be found in the host's own repositories
 * @param isUpdate whether templates may be there already
 * @param forOs the OS template that the names are applications of
 * @param force go on whatever the architecture, what is there, and what the packages ask for
 * @param checkOnly only tell
 * @param filesOnly never look for names ({@code --no-vzup2date})
 */
public record InstallRequest(
        List<String> operands,
        boolean isUpdate,
        Optional<String> forOs,
        boolean force,
        boolean checkOnly,
        boolean filesOnly) {
    public InstallRequest {
        operands = List.copyOf(operands);
    }
}
