package dev.stencil.template;

import java.util.List;

/**
 * One address and suite that apt installs binary packages from.
 *
 * @param uri without a trailing slash
 * @param signedBy text of {@code signed-by}, empty when it is not given
 */
record AptSource(String uri, String suite, List<String> components, String signedBy) {
    AptSource {
        components = List.copyOf(components);
        uri = withoutTrailingSlash(uri);
    }

    private static String withoutTrailingSlash(String uri) {
        int end = uri.length();
        while (end > 0 && uri.charAt(end - 1) == '/') {
            end--;
        }
        return uri.substring(0, end);
    }
}
