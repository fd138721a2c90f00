/** The commands for application caches: {@code vzpkg create|update|remove|list appcache} (spec vzpkg 5.9). */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzpkg.appcache;
