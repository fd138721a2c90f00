package dev.stencil.template;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The Debian archive that this host itself installs from, as its apt is configured. Templates write
 * {@code $DEB_SERVER/debian} and {@code $DEB_SECURITY_SERVER/debian-security}; each is replaced as a whole, because a mirror
 * may keep the archive under another path. Reads nothing before the first {@link #expand}.
 */
final class HostArchive {
    private static final String SERVER = "$DEB_SERVER";
    private static final String SECURITY_SERVER = "$DEB_SECURITY_SERVER";
    private static final String MAIN_PATH = "/debian";
    private static final String SECURITY_PATH = "/debian-security";

    private final Path aptDirectory;
    private final Path osRelease;
    private Optional<AptArchive> archive = Optional.empty();
    private boolean read;

    /**
     * @param aptDirectory {@code /etc/apt}
     * @param osRelease {@code /etc/os-release}
     */
    HostArchive(Path aptDirectory, Path osRelease) {
        this.aptDirectory = aptDirectory;
        this.osRelease = osRelease;
    }

    static HostArchive ofHost() {
        return new HostArchive(Path.of("/etc/apt"), Path.of("/etc/os-release"));
    }

    /** With the two variables replaced where the host knows what for. */
    String expand(String text) {
        if (!text.contains("$DEB_")) {
            return text;
        }
        Optional<AptArchive> host = archive();
        if (host.isEmpty()) {
            return text;
        }
        Optional<String> main = host.get().main();
        Optional<String> security = host.get().security();
        String result = replace(text, SERVER + MAIN_PATH, main);
        result = replace(result, SERVER + SECURITY_PATH, security);
        result = replace(result, SECURITY_SERVER + SECURITY_PATH, security);
        result = replace(result, SERVER, parent(main, MAIN_PATH));
        return replace(result, SECURITY_SERVER, parent(security, SECURITY_PATH));
    }

    boolean isKnown() {
        return archive().isPresent();
    }

    /** The end of the message about an undefined {@code variable}: why the host's archive did not do. */
    String whyNot(String variable) {
        if (!variable.equals(SERVER) && !variable.equals(SECURITY_SERVER)) {
            return "";
        }
        if (!HostRelease.read(osRelease).isDebian()) {
            return " It has no default here, because this host is not Debian.";
        }
        return " It has no default here, because no " + (variable.equals(SERVER) ? "main" : "security")
                + " archive of Debian is enabled in " + aptDirectory + ", or the template names another path on it.";
    }

    private static String replace(String text, String token, Optional<String> replacement) {
        String result = text;
        int at = replacement.isEmpty() ? -1 : Tokens.indexOf(result, token, 0);
        while (at >= 0) {
            result = Tokens.replace(result, at, token, replacement.get());
            at = Tokens.indexOf(result, token, at + replacement.get().length());
        }
        return result;
    }

    /** The server that keeps the archive under its usual path. */
    private static Optional<String> parent(Optional<String> archive, String path) {
        return archive.filter(uri -> uri.endsWith(path)).map(uri -> uri.substring(0, uri.length() - path.length()));
    }

    private Optional<AptArchive> archive() {
        if (!read) {
            HostRelease release = HostRelease.read(osRelease);
            archive = release.isDebian()
                    ? Optional.of(AptArchive.among(AptSources.read(aptDirectory), release.codename()))
                    : Optional.empty();
            read = true;
        }
        return archive;
    }
}
