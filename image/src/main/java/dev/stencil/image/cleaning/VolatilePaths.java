package dev.stencil.image.cleaning;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Root;
import dev.stencil.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What packages make anew with other contents each time, keys and databases with identities, and what a template therefore
 * lists in {@code volatile} (spec conary 9.5). It is made again when it is needed first; a unit of the template's sees to that.
 */
public final class VolatilePaths {
    private final Template template;

    public VolatilePaths(Template template) {
        this.template = template;
    }

    /** Removes what there is of them from the tree at {@code directory}, whose programs are not running. */
    public void removeFrom(Path directory) throws IOException {
        List<String> patterns = template.volatilePaths();
        if (patterns.isEmpty()) {
            return;
        }
        try (Root root = Root.open(directory)) {
            for (String pattern : patterns) {
                remove(root, "", names(pattern));
            }
        }
    }

    private List<String> names(String pattern) {
        List<String> names = List.of(pattern.replaceFirst("^/", "").split("/", -1));
        boolean isBad = !pattern.startsWith("/")
                || names.stream().anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        if (isBad) {
            throw new StencilException(
                    Fault.TEMPLATE_BROKEN,
                    "The file volatile of " + template.name() + " has the line \"" + pattern
                            + "\", which is not an absolute path. Write one, for example /etc/bind/rndc.key.");
        }
        return names;
    }

    private void remove(Root root, String folder, List<String> names) throws IOException {
        Pattern pattern = matcher(names.getFirst());
        for (String name : root.list(folder.isEmpty() ? "." : folder)) {
            if (!pattern.matcher(name).matches()) {
                continue;
            }
            String path = folder.isEmpty() ? name : folder + "/" + name;
            if (names.size() == 1) {
                root.deleteTree(path);
            } else if (root.isDirectory(path)) {
                remove(root, path, names.subList(1, names.size()));
            }
        }
    }

    /** {@code glob(7)} without the classes of characters that have names. */
    private Pattern matcher(String name) {
        var regex = new StringBuilder();
        boolean isInSet = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isInSet) {
                regex.append(c == '!' && name.charAt(i - 1) == '[' ? "^" : c == '\\' || c == '&' ? "\\" + c : c);
                isInSet = c != ']';
            } else if (c == '[') {
                regex.append('[');
                isInSet = true;
            } else {
                regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new StencilException(
                    Fault.TEMPLATE_BROKEN,
                    "The file volatile of " + template.name() + " has the pattern \"" + name
                            + "\", which is not complete: " + e.getDescription() + ".",
                    e);
        }
    }
}
