package dev.stencil.packages.lock;

import java.util.List;

/**
 * Why a package is in a lock.
 *
 * @param chain from a list of the template to the package, a shortest one
 * @param askedBy all lists and packages that ask for it
 */
public record LockWhy(LockedPackage member, List<String> chain, List<String> askedBy) {
    public LockWhy {
        chain = List.copyOf(chain);
        askedBy = List.copyOf(askedBy);
    }

    /** One answer for each package of that name, {@code name} or {@code name:arch}; none when the lock has no such package. */
    public static List<LockWhy> of(Lock lock, String name) {
        var chains = new InclusionChains(lock);
        int colon = name.indexOf(':');
        String plain = colon < 0 ? name : name.substring(0, colon);
        return chains.labels(plain).stream()
                .map(label -> of(chains, label))
                .filter(why -> colon < 0 || why.member.arch().equals(name.substring(colon + 1)))
                .toList();
    }

    private static LockWhy of(InclusionChains chains, String label) {
        LockedPackage member =
                java.util.Objects.requireNonNull(chains.packages().get(label));
        return new LockWhy(member, chains.chain(label), member.membership().why());
    }

    /** For people, ending in a newline. */
    public String text() {
        return member.name() + " " + member.fullVersion() + " " + member.arch() + ", stage "
                + member.membership().stage() + ", "
                + member.membership().reference().word() + "\n"
                + "  " + String.join(" -> ", chain) + "\n"
                + (askedBy.isEmpty() ? "" : "  asked for by " + String.join(", ", askedBy) + "\n");
    }
}
