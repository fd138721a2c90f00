package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.PathConflict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Maintainer scripts and the root's own dpkg, run inside a root that is being made. */
final class InsideDpkg {
    /**
     * Runs preinst scripts one after the other. A constant text, given its packages as arguments, three each: package,
     * architecture, first part of the script's name; the environment is that of dpkg(1), section "Internal environment".
     */
    private static final String RUN_PREINST =
            """
            while [ $# -gt 0 ]; do
                DPKG_MAINTSCRIPT_PACKAGE=$1 DPKG_MAINTSCRIPT_ARCH=$2 DPKG_MAINTSCRIPT_NAME=preinst \\
                DPKG_MAINTSCRIPT_PACKAGE_REFCOUNT=1 DPKG_MAINTSCRIPT_DEBUG=0 DPKG_ROOT= DPKG_ADMINDIR=/var/lib/dpkg \\
                DEBCONF_PACKAGE=$1 \\
                    "/var/lib/dpkg/info/$3.preinst" install </dev/null || {
                    status=$?
                    echo "dpkg: error processing package $1: its preinst script ended with status $status" >&2
                    exit 1
                }
                shift 3
            done
            """;

    private static final Map<String, String> UNATTENDED = Map.of(
            "DEBIAN_FRONTEND", "noninteractive",
            "DEBCONF_NONINTERACTIVE_SEEN", "true",
            "DPKG_COLORS", "never",
            "HOME", "/root",
            "SHELL", "/bin/sh",
            "TERM", "dumb");

    private final ProgramRunner inside;
    private final Map<String, String> environment;

    InsideDpkg(ProgramRunner inside, Map<String, String> environment) {
        this.inside = inside;
        this.environment = environment;
    }

    /** Runs the preinst scripts of those packages that have one, in the given order. */
    void preinst(List<DebPackage> packages, String dpkgVersion) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (DebPackage one : packages) {
            if (one.has("preinst")) {
                arguments.addAll(List.of(one.name(), one.arch(), one.infoName()));
            }
        }
        if (!arguments.isEmpty()) {
            Program program = Program.of("sh", "-c", RUN_PREINST, "preinst").args(arguments);
            succeed("prepare", inside.run(unattended(program).env("DPKG_RUNNING_VERSION", dpkgVersion)));
        }
    }

    /** Configures all that is unpacked and runs all triggers that are pending. */
    void configurePending(Progress.Task task) throws IOException {
        Program dpkg = Program.of("dpkg", "--force-confdef", "--force-confold", "--configure", "--pending");
        succeed("configure", inside.run(unattended(dpkg).output(new Program.Output.Lines(line -> {
            if (line.startsWith("Setting up ")) {
                task.advance(1);
            }
        }))));
    }

    /** Lets dpkg unpack files that lie inside, by its own rules on packages that share files. */
    void unpack(List<String> files) throws IOException {
        // Pre-Depends: met by the plan of waves, but inside of wave 0 nothing is configured yet.
        Program dpkg = Program.of(
                "dpkg", "--force-depends", "--force-confdef", "--force-confold", "--no-triggers", "--unpack");
        succeed("unpack", inside.run(unattended(dpkg.args(files))));
    }

    private Program unattended(Program program) {
        return program.env(environment).env(UNATTENDED);
    }

    private static void succeed(String verb, Finished done) {
        if (done.isSuccess()) {
            return;
        }
        DpkgWords words = DpkgWords.of(done);
        Optional<PathConflict> conflict = words.pathConflict();
        if (conflict.isPresent()) {
            throw conflict.get();
        }
        String what = words.packages().isEmpty() ? "packages" : String.join(", ", words.packages());
        String said = words.text().isEmpty() ? "it ended with status " + done.status() : words.text();
        throw new StencilException(Fault.PACKAGE_MANAGER, "dpkg could not " + verb + " " + what + ": " + said);
    }
}
