package dev.stencil.template;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads apt's {@code sources.list} and {@code sources.list.d}, both formats of sources.list(5). Only what is enabled and
 * holds binary packages is returned; what cannot be understood is skipped, because apt itself will complain about it.
 */
final class AptSources {
    private static final String MIRROR_FILE = "mirror+file:";

    private AptSources() {}

    /** In the order in which apt reads them. An unreadable file counts as empty. */
    static List<AptSource> read(Path aptDirectory) {
        List<AptSource> sources = new ArrayList<>(parseOneLine(text(aptDirectory.resolve("sources.list"))));
        for (Path file : parts(aptDirectory.resolve("sources.list.d"))) {
            String text = text(file);
            sources.addAll(file.toString().endsWith(".list") ? parseOneLine(text) : parseDeb822(text));
        }
        return sources.stream().map(AptSources::withMirrorFileRead).toList();
    }

    /** {@code deb [option=value …] uri suite component…} */
    static List<AptSource> parseOneLine(String text) {
        List<AptSource> sources = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int comment = line.indexOf('#');
            String statement = comment >= 0 ? line.substring(0, comment) : line;
            String signedBy = "";
            int open = statement.indexOf('[');
            int close = statement.indexOf(']', open + 1);
            if (open >= 0 && close > open) {
                signedBy = signedBy(statement.substring(open + 1, close));
                statement = statement.substring(0, open) + " " + statement.substring(close + 1);
            }
            List<String> words = words(statement);
            if (words.size() >= 4 && words.getFirst().equals("deb") && isAddress(words.get(1))) {
                sources.add(new AptSource(words.get(1), words.get(2), words.subList(3, words.size()), signedBy));
            }
        }
        return sources;
    }

    /** Stanzas of {@code Types}, {@code URIs}, {@code Suites}, {@code Components}. */
    static List<AptSource> parseDeb822(String text) {
        List<AptSource> sources = new ArrayList<>();
        Map<String, String> stanza = new TreeMap<>();
        String field = "";
        for (String line : text.lines().toList()) {
            if (line.isBlank()) {
                addStanza(stanza, sources);
                stanza.clear();
                field = "";
            } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                stanza.computeIfPresent(field, (key, value) -> value + " " + line.strip());
            } else if (line.charAt(0) != '#' && line.indexOf(':') > 0) {
                field = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
                stanza.put(field, line.substring(line.indexOf(':') + 1).strip());
            }
        }
        addStanza(stanza, sources);
        return sources;
    }

    private static void addStanza(Map<String, String> stanza, List<AptSource> sources) {
        boolean enabled = isYes(stanza.getOrDefault("enabled", "yes"));
        if (!enabled || !words(stanza.getOrDefault("types", "")).contains("deb")) {
            return;
        }
        List<String> components = words(stanza.getOrDefault("components", ""));
        String signedBy = stanza.getOrDefault("signed-by", "");
        for (String uri : words(stanza.getOrDefault("uris", ""))) {
            for (String suite : words(stanza.getOrDefault("suites", ""))) {
                if (isAddress(uri)) {
                    sources.add(new AptSource(uri, suite, components, signedBy));
                }
            }
        }
    }

    private static boolean isAddress(String uri) {
        return uri.indexOf(':') > 0;
    }

    /** What apt takes for true; see apt.conf(5). */
    private static boolean isYes(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "no", "false", "without", "off", "disable", "0" -> false;
            default -> true;
        };
    }

    private static String signedBy(String options) {
        for (String option : words(options)) {
            if (option.toLowerCase(Locale.ROOT).startsWith("signed-by=")) {
                return option.substring("signed-by=".length());
            }
        }
        return "";
    }

    /** A list of mirrors in a file, which cloud images use, becomes its first mirror; see apt-transport-mirror(1). */
    private static AptSource withMirrorFileRead(AptSource source) {
        if (!source.uri().startsWith(MIRROR_FILE)) {
            return source;
        }
        String path = source.uri().substring(MIRROR_FILE.length());
        while (path.startsWith("//")) {
            path = path.substring(1);
        }
        for (String line : text(Path.of(path)).lines().toList()) {
            List<String> words = words(line);
            if (!words.isEmpty() && !words.getFirst().startsWith("#")) {
                return new AptSource(words.getFirst(), source.suite(), source.components(), source.signedBy());
            }
        }
        return source;
    }

    private static List<Path> parts(Path directory) {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return files;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.endsWith(".list") || name.endsWith(".sources")) {
                    files.add(entry);
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        Collections.sort(files);
        return files;
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        ConfigDirectory.addWords(text, words);
        return words;
    }
}
