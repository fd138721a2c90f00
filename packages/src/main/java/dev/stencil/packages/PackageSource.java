package dev.stencil.packages;

import dev.stencil.host.Arch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where packages of one template come from and under which rules.
 *
 * @param driver first line of the template's {@code package_manager}
 * @param dataDirectory {@code basedir/pm}: lists and state of the package manager, shared by a family of templates
 * @param keyrings files that the repositories' signatures are checked with; empty means no repository is accepted
 *     unless {@code unsignedAllowed}
 * @param environment the template's {@code environment}, given to package managers only
 * @param rules what else decides which packages come
 * @param patience how long package managers are waited for
 */
public record PackageSource(
        String driver,
        Arch arch,
        boolean multiarch,
        List<Repository> repositories,
        List<Path> keyrings,
        boolean unsignedAllowed,
        Path dataDirectory,
        Duration expire,
        List<String> excludes,
        Map<String, String> environment,
        ReleaseRules rules,
        Patience patience) {
    public PackageSource {
        repositories = List.copyOf(repositories);
        keyrings = List.copyOf(keyrings);
        excludes = List.copyOf(excludes);
        environment = Map.copyOf(environment);
    }

    /** With the usual patience. */
    public PackageSource(
            String driver,
            Arch arch,
            boolean multiarch,
            List<Repository> repositories,
            List<Path> keyrings,
            boolean unsignedAllowed,
            Path dataDirectory,
            Duration expire,
            List<String> excludes,
            Map<String, String> environment,
            ReleaseRules rules) {
        this(
                driver,
                arch,
                multiarch,
                repositories,
                keyrings,
                unsignedAllowed,
                dataDirectory,
                expire,
                excludes,
                environment,
                rules,
                Patience.USUAL);
    }

    /** Under the distribution's own rules. */
    public PackageSource(
            String driver,
            Arch arch,
            boolean multiarch,
            List<Repository> repositories,
            List<Path> keyrings,
            boolean unsignedAllowed,
            Path dataDirectory,
            Duration expire,
            List<String> excludes,
            Map<String, String> environment) {
        this(
                driver,
                arch,
                multiarch,
                repositories,
                keyrings,
                unsignedAllowed,
                dataDirectory,
                expire,
                excludes,
                environment,
                ReleaseRules.NONE);
    }

    /** The same, with these packages never touched in addition. */
    public PackageSource excluding(List<String> more) {
        List<String> all = new ArrayList<>(excludes);
        all.addAll(more);
        return with(all, environment, rules);
    }

    /** The same, under other rules. */
    public PackageSource under(ReleaseRules other) {
        return with(excludes, environment, other);
    }

    /** The same, with one more variable for the package manager and the scripts of packages. */
    public PackageSource withVariable(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return with(excludes, more, rules);
    }

    private PackageSource with(List<String> otherExcludes, Map<String, String> variables, ReleaseRules otherRules) {
        return new PackageSource(
                driver,
                arch,
                multiarch,
                repositories,
                keyrings,
                unsignedAllowed,
                dataDirectory,
                expire,
                otherExcludes,
                variables,
                otherRules,
                patience);
    }

    /** What may vouch for {@code repository}. */
    public List<Path> keyringsOf(Repository repository) {
        return repository.keyrings().isEmpty() ? keyrings : repository.keyrings();
    }

    /** Whether {@code repository} is accepted without a signature. */
    public boolean isUnsignedAllowed(Repository repository) {
        return unsignedAllowed || repository.unsignedAllowed();
    }
}
