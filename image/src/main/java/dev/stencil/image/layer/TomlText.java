package dev.stencil.image.layer;

import dev.stencil.packages.PackageName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes TOML 1.0 in one fixed form, so that equal content gives equal bytes and thereby equal digests. */
public final class TomlText {
    private final StringBuilder out = new StringBuilder();

    public void string(String key, String value) {
        out.append(key).append(" = ").append(quoted(value)).append('\n');
    }

    public void number(String key, long value) {
        out.append(key).append(" = ").append(value).append('\n');
    }

    /** Whole seconds, UTC. */
    public void instant(String key, Instant value) {
        out.append(key)
                .append(" = ")
                .append(value.truncatedTo(ChronoUnit.SECONDS))
                .append('\n');
    }

    public void strings(String key, List<String> values) {
        out.append(key).append(" = [");
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ", ").append(quoted(values.get(i)));
        }
        out.append("]\n");
    }

    /** Begins one more table of the array {@code name}. */
    public void table(String name) {
        out.append("\n[[").append(name).append("]]\n");
    }

    /** Begins the table {@code name}. */
    public void section(String name) {
        out.append("\n[").append(name).append("]\n");
    }

    public void packageName(PackageName name) {
        string("name", name.name());
        string("version", name.version());
        string("arch", name.arch());
    }

    public String text() {
        return out.toString();
    }

    private static String quoted(String value) {
        var text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        text.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.append('"').toString();
    }
}
