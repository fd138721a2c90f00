package dev.stencil.image;

import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * What a cache is made of: an OS template, with applications on top where it is an application cache.
 *
 * @param applications in the order they are installed; none for a plain cache
 */
public record CacheSubject(OsTemplate template, List<AppTemplate> applications) {
    public CacheSubject {
        applications = List.copyOf(applications);
    }

    /** The plain cache of {@code template}. */
    public static CacheSubject of(OsTemplate template) {
        return new CacheSubject(template, List.of());
    }

    /** Name of its directory: that of the OS template, for an application cache as spec vzpkg 5.9 says. */
    public String name() {
        return applications.isEmpty() ? template.name() : template.name() + "_app_" + md5(applicationList());
    }

    /** Each application once, in the order of bytes, five blanks before each. */
    private String applicationList() {
        var names = new TreeSet<String>();
        applications.forEach(application -> names.add(application.name()));
        var text = new StringBuilder();
        names.forEach(name -> text.append("     ").append(name).append('\n'));
        return text.toString();
    }

    private static String md5(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }
}
