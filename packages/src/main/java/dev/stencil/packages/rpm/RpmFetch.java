package dev.stencil.packages.rpm;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.UnavailableFile;
import dev.stencil.packages.tools.Tools;
import dev.stencil.template.PackageManagerType;
import java.io.IOException;
import java.util.List;

/** Brings package files of one source into the store. */
record RpmFetch(Tools host, PackageStore store, PackageSource source, DnfState state) {

    /** Those that neither the store nor any mirror has. */
    List<UnavailableFile> unavailable(List<PackageFile> files) {
        try {
            return state.addresses().unavailable(store, files);
        } catch (IOException e) {
            throw unreadableMirrors(e);
        }
    }

    /** What comes from repositories must be signed with a key of the template; files of the host are their owner's choice. */
    void vouchedFor(List<PackageFile> files, Progress progress) {
        requireReadable(files);
        files(files, progress);
        try {
            var vouched = new VouchedFiles(source, state.addresses());
            new PackageSignatures(host, state, store::path).require(vouched.toCheck(files));
        } catch (IOException e) {
            throw unreadableMirrors(e);
        }
    }

    /** Whether they are signed was checked when they were installed. */
    void files(List<PackageFile> files, Progress progress) {
        try {
            state.addresses().fetch(store, files, progress);
        } catch (IOException e) {
            throw unreadableMirrors(e);
        }
    }

    /** Systems of zypper keep a format that we read ourselves. */
    private void requireReadable(List<PackageFile> files) {
        if (PackageManagerType.of(source.driver()) != PackageManagerType.RPM) {
            return;
        }
        try {
            new ReadableDatabase(host, () -> host.tree().name()).require(files);
        } catch (IOException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "Cannot ask rpm what it reads: " + e.getMessage(), e);
        }
    }

    private static StencilException unreadableMirrors(IOException e) {
        return new StencilException(
                Fault.SYSTEM, "Cannot read which mirrors there are: " + e.getMessage() + ". Fetch lists again: -r.", e);
    }
}
