package dev.stencil.container.undo;

import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Kernel;
import java.util.Optional;

/**
 * One path that an operation has changed.
 *
 * @param path relative to the root, without a leading slash
 * @param after what the operation left there; empty when it left nothing
 */
record FileChange(String path, Kind kind, Optional<Mark> after) {
    /** The sign is how the list of an operation shows it. */
    enum Kind {
        ADDED('+'),
        CHANGED('~'),
        REMOVED('-'),
        /** A new directory that hides what the layers have below that path. */
        HIDING('!');

        private final char sign;

        Kind(char sign) {
            this.sign = sign;
        }

        char sign() {
            return sign;
        }

        static Kind of(String sign) {
            for (Kind kind : values()) {
                if (sign.length() == 1 && sign.charAt(0) == kind.sign) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("\"" + sign + "\" is none of + ~ - !");
        }
    }

    /** What a file is recognised by when it is met again; {@code mode} with its type. */
    record Mark(int mode, int uid, int gid, long size, long mtimeSeconds, int mtimeNanos) {
        static Mark of(FileStatus status) {
            return new Mark(
                    status.mode(),
                    status.uid(),
                    status.gid(),
                    status.isDirectory() ? 0 : status.size(),
                    status.isDirectory() ? 0 : status.mtimeSeconds(),
                    status.isDirectory() ? 0 : status.mtimeNanos());
        }

        static Mark parse(String text) {
            String[] words = text.split(":", -1);
            if (words.length != 6) {
                throw new IllegalArgumentException("\"" + text + "\" does not describe a file");
            }
            return new Mark(
                    Integer.parseInt(words[0], 8),
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]),
                    Integer.parseInt(words[5]));
        }

        boolean isDirectory() {
            return (mode & Kernel.S_IFMT) == Kernel.S_IFDIR;
        }

        String text() {
            return Integer.toOctalString(mode) + ":" + uid + ":" + gid + ":" + size + ":" + mtimeSeconds + ":"
                    + mtimeNanos;
        }
    }
}
