/** Commands on the template area itself: lists and packages for later, templates that come and go (spec vzpkg 8). */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzpkg.area;
