package dev.stencil.image.lock;

import dev.stencil.packages.UnavailableFile;
import dev.stencil.packages.lock.Lock;
import java.util.List;

/**
 * What a look at a lock found. A damaged, badly signed or unclosed one is an exception instead.
 *
 * @param changedInputs files of the template that are not as they were locked
 * @param unavailable files that the repositories do not offer any more, if they were asked
 * @param isClosureChecked whether all packages were at hand, so that their needs could be compared
 * @param wasOnline whether the repositories were asked
 */
public record LockVerification(
        Lock lock,
        List<String> changedInputs,
        List<UnavailableFile> unavailable,
        boolean isClosureChecked,
        boolean wasOnline) {
    public LockVerification {
        changedInputs = List.copyOf(changedInputs);
        unavailable = List.copyOf(unavailable);
    }

    /** Files that are nowhere: neither at their repository nor in this host's store. */
    public List<UnavailableFile> lost() {
        return unavailable.stream().filter(file -> !file.isStored()).toList();
    }
}
