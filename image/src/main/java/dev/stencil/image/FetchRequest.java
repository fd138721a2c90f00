package dev.stencil.image;

import dev.stencil.packages.Freshness;

/**
 * What {@code vzpkg fetch} is to bring to this host (spec vzpkg 8.2).
 *
 * @param template an OS template; its whole family is meant
 * @param systems whether the packages of OS templates are wanted
 * @param applications whether those of application templates are wanted
 * @param separately each template's packages are fetched before the next template is looked at
 * @param goOn whether a template that fails keeps the others from being fetched
 */
public record FetchRequest(
        String template,
        boolean systems,
        boolean applications,
        boolean separately,
        boolean goOn,
        Freshness freshness,
        boolean takeLocks) {}
