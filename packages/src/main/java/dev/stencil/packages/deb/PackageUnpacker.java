package dev.stencil.packages.deb;

import dev.stencil.linux.Kernel;
import dev.stencil.linux.NativeText;
import dev.stencil.linux.Root;
import dev.stencil.linux.TreeWriter;
import dev.stencil.linux.TreeWriter.Attributes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Puts the files of one package into a root as dpkg does for a package that is new: configuration files get the suffix
 * {@code .dpkg-new} until they are configured, an existing directory stays as it is, also under a link.
 */
final class PackageUnpacker {
    private static final String NEW_CONFFILE = ".dpkg-new";

    private final DebPackage deb;
    private final Root root;
    private final TreeWriter writer;
    private final Overrides overrides;
    private final Claims claims;
    private final Set<String> madeDirectories;
    private final Set<String> conffiles;
    private final List<String> paths = new ArrayList<>();
    private final Map<String, Attributes> directories = new LinkedHashMap<>();
    private final StringBuilder md5sums = new StringBuilder();
    private final boolean isSumming;

    /** @param madeDirectories gets the directories made here; shared by all unpackers of a wave */
    PackageUnpacker(
            DebPackage deb,
            Root root,
            TreeWriter writer,
            Overrides overrides,
            Claims claims,
            Set<String> madeDirectories) {
        this.deb = deb;
        this.root = root;
        this.writer = writer;
        this.overrides = overrides;
        this.claims = claims;
        this.madeDirectories = madeDirectories;
        this.conffiles = deb.conffiles().keySet();
        this.isSumming = !deb.has("md5sums");
    }

    UnpackedPackage unpack() throws IOException {
        try (DebArchive archive = DebArchive.open(deb.archive());
                TarArchiveInputStream tar = archive.data()) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry);
            }
        } catch (IOException e) {
            throw new IOException("cannot unpack " + deb.file().name() + ": " + e.getMessage(), e);
        }
        return new UnpackedPackage(deb, paths, directories, md5sums.toString());
    }

    private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        String path = pathOf(entry.getName());
        paths.add(path);
        if (path.equals("/.")) {
            return;
        }
        String place = overrides.placeOf(path, deb.name());
        Attributes attributes = overrides.attributesOf(path, attributesOf(entry));
        if (entry.isDirectory()) {
            directory(place, attributes);
            return;
        }
        claims.file(place, deb.name());
        if (entry.isSymbolicLink()) {
            symlink(place, NativeText.text(entry.getLinkName().getBytes(StandardCharsets.ISO_8859_1)), attributes);
        } else if (entry.isLink()) {
            String existing = overrides.placeOf(pathOf(entry.getLinkName()), deb.name());
            writer.hardLink(written(path, place), written(pathOf(entry.getLinkName()), existing));
        } else if (entry.isCharacterDevice() || entry.isBlockDevice()) {
            int type = entry.isCharacterDevice() ? Kernel.S_IFCHR : Kernel.S_IFBLK;
            writer.node(place, type, Kernel.device(entry.getDevMajor(), entry.getDevMinor()), attributes);
        } else if (entry.isFIFO()) {
            writer.node(place, Kernel.S_IFIFO, 0, attributes);
        } else if (entry.isFile()) {
            file(tar, path, place, entry.getSize(), attributes);
        } else {
            throw new IOException(path + " is of a kind that packages cannot contain");
        }
    }

    /** {@code /usr/bin/x} for {@code ./usr/bin/x}; the archive's own directory is {@code /.}. */
    private static String pathOf(String name) throws IOException {
        String path = NativeText.text(name.getBytes(StandardCharsets.ISO_8859_1));
        path = path.startsWith("./") ? path.substring(2) : path;
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.startsWith("/") || ("/" + path + "/").contains("/../")) {
            throw new IOException("the path \"" + path + "\" leads out of the package");
        }
        return path.isEmpty() || path.equals(".") ? "/." : "/" + path;
    }

    private String written(String path, String place) {
        return conffiles.contains(path) ? place + NEW_CONFFILE : place;
    }

    private void directory(String place, Attributes attributes) throws IOException {
        claims.directory(place, deb.name());
        directories.put(place, attributes);
        if (writer.directory(place)) {
            madeDirectories.add(place);
        }
    }

    private void symlink(String place, String target, Attributes attributes) throws IOException {
        if (root.status(place).map(status -> status.isDirectory()).orElse(false)) {
            return;
        }
        writer.symlink(place, target, attributes);
    }

    private void file(InputStream tar, String path, String place, long size, Attributes attributes) throws IOException {
        if (!isSumming || conffiles.contains(path)) {
            writer.file(written(path, place), tar, size, attributes);
            return;
        }
        MessageDigest md5 = md5();
        writer.file(place, new DigestInputStream(tar, md5), size, attributes);
        md5sums.append(HexFormat.of().formatHex(md5.digest()))
                .append("  ")
                .append(path.substring(1))
                .append('\n');
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }

    /** Names of users and groups go before numbers where the root knows them, as in dpkg. */
    private Attributes attributesOf(TarArchiveEntry entry) {
        int uid = overrides.user(entry.getUserName()).orElseGet(() -> (int) entry.getLongUserId());
        int gid = overrides.group(entry.getGroupName()).orElseGet(() -> (int) entry.getLongGroupId());
        long mtime = entry.getLastModifiedTime().toInstant().getEpochSecond();
        return new Attributes(uid, gid, entry.getMode() & 0xFFF, mtime, 0);
    }
}
