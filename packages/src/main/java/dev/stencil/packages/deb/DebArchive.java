package dev.stencil.packages.deb;

import dev.stencil.linux.decode.Compression;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A binary package file: its control members and its tree. Source: deb(5). */
final class DebArchive implements AutoCloseable {
    /** A control file is small; one that is not is an attack on our memory. */
    private static final int MOST_CONTROL_BYTES = 64 << 20;

    /**
     * A file of the control archive.
     *
     * @param permissions as in the archive
     * @param mtimeSeconds seconds since 1970
     */
    record ControlFile(String name, byte[] content, int permissions, long mtimeSeconds) {
        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    private final Path path;
    private final FileChannel file;
    private final List<ArMember> members;

    private DebArchive(Path path, FileChannel file, List<ArMember> members) {
        this.path = path;
        this.file = file;
        this.members = members;
    }

    static DebArchive open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            List<ArMember> members = ArMember.list(file);
            if (members.isEmpty() || !members.getFirst().name().equals("debian-binary")) {
                throw new IOException("not a Debian package: its first member is not debian-binary");
            }
            return new DebArchive(path, file, members);
        } catch (IOException e) {
            file.close();
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    /**
     * When the package was made: the time of its first member, which dpkg-deb sets to that of the newest change of its source
     * ({@code SOURCE_DATE_EPOCH}). Reads 60 bytes.
     */
    static Instant made(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return ArMember.firstMade(file);
        }
    }

    /** All control files, {@code control} among them. */
    List<ControlFile> controlFiles() throws IOException {
        List<ControlFile> files = new ArrayList<>();
        try (TarArchiveInputStream tar = tar("control.tar")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
                if (entry.isFile() && !name.isEmpty()) {
                    files.add(controlFile(tar, entry, name));
                }
            }
        }
        return files;
    }

    private ControlFile controlFile(TarArchiveInputStream tar, TarArchiveEntry entry, String name) throws IOException {
        if (name.indexOf('/') >= 0 || name.startsWith(".") || entry.getSize() > MOST_CONTROL_BYTES) {
            throw new IOException(path + ": the control file \"" + name + "\" is not acceptable");
        }
        byte[] content = tar.readNBytes((int) entry.getSize());
        return new ControlFile(
                name,
                content,
                entry.getMode() & 0xFFF,
                entry.getLastModifiedTime().toInstant().getEpochSecond());
    }

    /** The tree as tar entries, whose names are bytes read as ISO 8859-1. The caller closes it. */
    TarArchiveInputStream data() throws IOException {
        return tar("data.tar");
    }

    private TarArchiveInputStream tar(String stem) throws IOException {
        for (ArMember member : members) {
            if (member.name().startsWith(stem)) {
                Compression compression = Compression.ofName(member.name());
                if (!member.name().equals(stem + compression.suffix())) {
                    throw new IOException(path + ": the compression of " + member.name() + " is not known");
                }
                return new TarArchiveInputStream(decoded(member, compression), StandardCharsets.ISO_8859_1.name());
            }
        }
        throw new IOException(path + ": there is no " + stem);
    }

    private InputStream decoded(ArMember member, Compression compression) throws IOException {
        try {
            return new WordedStream(compression.decode(new MemberStream(file, member)), path + ": " + member.name());
        } catch (EOFException e) {
            throw cutOff(path + ": " + member.name(), e);
        }
    }

    private static IOException cutOff(String what, EOFException e) {
        return new IOException(what + " is cut off", e);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Names what ends too early: decoders say it without words. */
    private static final class WordedStream extends FilterInputStream {
        private final String what;

        WordedStream(InputStream in, String what) {
            super(in);
            this.what = what;
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (EOFException e) {
                throw cutOff(what, e);
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (EOFException e) {
                throw cutOff(what, e);
            }
        }
    }

    /** The bytes of one member; closing it leaves the file open. */
    private static final class MemberStream extends FilterInputStream {
        private long left;

        MemberStream(FileChannel file, ArMember member) throws IOException {
            super(Channels.newInputStream(file.position(member.offset())));
            left = member.size();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
