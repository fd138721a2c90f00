package dev.stencil.linux.oci;

import java.util.List;
import java.util.Map;

/**
 * The first process of a bundle; it runs as user 0 in {@code /}.
 *
 * @param capabilities names with the prefix {@code CAP_}: bounding, effective and permitted set alike
 * @param limits resource limits by name ({@code RLIMIT_NOFILE}); a runtime without CAP_SYS_RESOURCE cannot exceed its own
 */
public record OciProcess(
        List<String> argv,
        Map<String, String> environment,
        boolean terminal,
        List<String> capabilities,
        Map<String, Limit> limits) {

    /** Soft and hard value of one resource limit. */
    public record Limit(long soft, long hard) {}

    public OciProcess {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        capabilities = List.copyOf(capabilities);
        limits = Map.copyOf(limits);
    }
}
