package dev.stencil.template;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code TEMPLATE/conf/vztt/url.map}: what the variables in repository addresses stand for (spec vzpkg 3.3). Unlike the
 * original, longer tokens go first and a token never matches the beginning of a longer name (spec vzpkg 11.1, 17).
 *
 * <p>{@code $DEB_SERVER/debian} and {@code $DEB_SECURITY_SERVER/debian-security}, when the file does not map them, mean the
 * host's own archive ({@link HostArchive}), which is looked up on first need.
 */
public final class UrlMap {
    /** How often one entry replaces inside one record, and how many rounds are made over all entries. */
    private static final int MOST_REPLACEMENTS = 10;

    private final Path file;
    private final List<Entry> entries;
    private final HostArchive hostArchive;

    private UrlMap(Path file, List<Entry> entries, HostArchive hostArchive) {
        this.file = file;
        this.entries = entries;
        this.hostArchive = hostArchive;
    }

    /** One line of the file. */
    record Entry(String token, String replacement) {}

    /** The map of {@code area}; a missing file is an empty one. */
    public static UrlMap of(TemplateArea area) {
        return read(fileOf(area.directory()), HostArchive.ofHost());
    }

    /** Where the map of an area lies. */
    static Path fileOf(Path area) {
        return area.resolve("conf").resolve("vztt").resolve("url.map");
    }

    static UrlMap read(Path file, HostArchive hostArchive) {
        List<Entry> entries = new ArrayList<>();
        for (String line : ConfigDirectory.linesOf(file)) {
            addEntry(file, line, entries);
        }
        entries.sort((a, b) -> b.token().length() - a.token().length());
        return new UrlMap(file, entries, hostArchive);
    }

    /**
     * A repository record with its variables replaced.
     *
     * @param record raw text of the record
     * @param type says which variables may stay because the package manager knows them
     * @throws StencilException {@code BAD_URL} naming a variable that nobody defines, and the file to define it in
     */
    public String expand(String record, PackageManagerType type) {
        String text = replaceAll(record);
        if (text.indexOf('$') >= 0) {
            text = hostArchive.expand(text);
        }
        for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', dollar + 1)) {
            if (!isKnownToTools(text, dollar, type)) {
                throw undefined(record, text, dollar);
            }
        }
        return text;
    }

    /** As {@link #expand}, leaving variables that nobody defines: what {@code --force} asks for. */
    public String expandLeniently(String record) {
        String text = replaceAll(record);
        return text.indexOf('$') >= 0 && hostArchive.isKnown() ? hostArchive.expand(text) : text;
    }

    private String replaceAll(String record) {
        int[] left = new int[entries.size()];
        java.util.Arrays.fill(left, MOST_REPLACEMENTS);
        String text = record;
        for (int round = 0; round < MOST_REPLACEMENTS; round++) {
            String before = text;
            for (int i = 0; i < left.length; i++) {
                int at = Tokens.indexOf(text, entries.get(i).token(), 0);
                while (at >= 0 && left[i] > 0) {
                    text = Tokens.replace(
                            text, at, entries.get(i).token(), entries.get(i).replacement());
                    left[i]--;
                    at = Tokens.indexOf(
                            text,
                            entries.get(i).token(),
                            at + entries.get(i).replacement().length());
                }
            }
            if (text.equals(before)) {
                break;
            }
        }
        return text;
    }

    private static boolean isKnownToTools(String text, int dollar, PackageManagerType type) {
        String rest = text.substring(dollar).toLowerCase(Locale.ROOT);
        for (String variable : type.variables()) {
            if (rest.startsWith(variable)) {
                return true;
            }
        }
        return false;
    }

    private StencilException undefined(String record, String text, int dollar) {
        String variable = Tokens.variableAt(text, dollar);
        return new StencilException(
                Fault.BAD_URL,
                variable + " in the repository '" + record + "' is not defined. Add a line '" + variable
                        + " http://your.mirror' to " + file + "." + hostArchive.whyNot(variable));
    }

    private static void addEntry(Path file, String line, List<Entry> entries) {
        List<String> words = new ArrayList<>();
        ConfigDirectory.addWords(line, words);
        if (words.size() != 2) {
            throw new StencilException(
                    Fault.BAD_URL, file + ": not a token and its replacement: '" + line + "'. Correct the line.");
        }
        entries.add(new Entry(words.get(0), words.get(1)));
    }
}
