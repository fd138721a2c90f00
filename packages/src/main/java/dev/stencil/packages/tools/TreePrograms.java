package dev.stencil.packages.tools;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs programs of a tree as if this host had them: {@code /usr}, {@code /etc} and the like are the tree's, read-only, and
 * everything else is the host's, so that paths mean the same. Each run has a mount namespace of its own, with which all of it
 * goes away. What lies below the host's {@code /usr} and {@code /etc} cannot be seen.
 */
final class TreePrograms implements ProgramRunner {
    /**
     * Assembles the root at {@code $1} out of the layers {@code $2} and enters it. The topmost layer is one of our own: it has
     * the mount points that the tree lacks. Names and the certificates of authorities are the host's where both have them.
     */
    private static final String ENTER =
            """
            set -e
            state=$1 layers=$2 directory=$3
            shift 3
            mount -t tmpfs -o mode=755 stencil-tools "$state"
            mkdir "$state/places" "$state/places/etc" "$state/root"
            for place in /*; do
                case $place in
                /usr | /bin | /sbin | /lib | /lib32 | /lib64 | /libx32 | /etc | /boot) continue ;;
                esac
                if [ -d "$place" ] && [ ! -L "$place" ]; then mkdir "$state/places$place"; fi
            done
            : >"$state/places/etc/resolv.conf"
            : >"$state/places/etc/hosts"
            mount -t overlay -o "ro,lowerdir=$state/places:$layers" stencil-tools "$state/root"
            for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt \\
                /etc/ssl/ca-bundle.pem; do
                if [ -f "$file" ] && [ -f "$state/root$file" ]; then mount --bind "$file" "$state/root$file"; fi
            done
            for place in "$state"/places/*; do
                name=${place##*/}
                if [ "$name" != etc ]; then mount --rbind "/$name" "$state/root/$name"; fi
            done
            exec chroot "$state/root" env --chdir="$directory" -- "$@"
            """;

    private final ProgramRunner host;
    private final ToolsTree tree;
    private final Path state;

    /** @param state an empty directory, which is made; each run covers it for itself */
    TreePrograms(ProgramRunner host, ToolsTree tree, Path state) {
        this.host = host;
        this.tree = tree;
        this.state = state;
    }

    @Override
    public Finished run(Program program) throws IOException {
        Finished done = host.run(inTree(program));
        return new Finished(program, done.status(), done.killed(), done.stdout(), done.stderrEnd(), done.elapsed());
    }

    @Override
    public Process start(Program program) throws IOException {
        return host.start(inTree(program));
    }

    private Program inTree(Program program) throws IOException {
        Files.createDirectories(state);
        return Program.of("unshare", "--mount", "--propagation", "private", "sh", "-c", ENTER, "tools")
                .args(state.toString(), tree.lowerDirectories())
                .args(program.directory().orElse(Path.of("/")).toString())
                .args(program.argv())
                .env(program.environment())
                .input(program.input())
                .output(program.output())
                .errors(program.errors())
                .limitedAs(program);
    }
}
