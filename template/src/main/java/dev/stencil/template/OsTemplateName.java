package dev.stencil.template;

import dev.stencil.host.Arch;
import java.util.Optional;

/**
 * Coordinates of an OS template, {@code osname-osver-osarch[-set]}, for example {@code debian-12-x86_64-minimal}.
 *
 * <p>A text becomes one of these only against an area ({@link TemplateArea#require}), because where the parts end depends
 * on which directories exist. Source: spec vzpkg 1.2 and 1.3.
 *
 * @param set empty for the base template, whose set is {@code default} on the disk and not printed
 */
public record OsTemplateName(String osName, String osVersion, Arch arch, Optional<String> set) {
    /** Set of a base OS template, reserved. */
    static final String DEFAULT_SET = "default";

    public OsTemplateName {
        requirePart("osname", osName);
        requirePart("osver", osVersion);
        if (osVersion.indexOf('-') >= 0) {
            throw new IllegalArgumentException("osver contains '-': " + osVersion);
        }
        if (set.isPresent()) {
            requirePart("set", set.get());
            set = set.get().equals(DEFAULT_SET) ? Optional.empty() : set;
        }
    }

    /** As printed: architecture always, {@code default} never. */
    public String fullName() {
        return set.isPresent() ? baseName() + "-" + set.get() : baseName();
    }

    /** {@link #fullName} of the base template. */
    public String baseName() {
        return osName + "-" + osVersion + "-" + arch.templateName();
    }

    public boolean isBase() {
        return set.isEmpty();
    }

    /** The base template of the same distribution; itself when it is one. */
    public OsTemplateName base() {
        return set.isEmpty() ? this : new OsTemplateName(osName, osVersion, arch, Optional.empty());
    }

    /** Name of the set's directory, {@code default} for a base template. */
    String setDirectory() {
        return set.orElse(DEFAULT_SET);
    }

    /** {@link #fullName}. */
    @Override
    public String toString() {
        return fullName();
    }

    /** Whether {@code text} can be one directory of a template area. */
    static boolean isPart(String text) {
        if (text.isEmpty() || text.startsWith(".")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c <= ' ' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static void requirePart(String what, String text) {
        if (!isPart(text)) {
            throw new IllegalArgumentException(what + " cannot be a directory name: '" + text + "'");
        }
    }
}
