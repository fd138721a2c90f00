/** Templates of this host as packages that come and go: files of rpm and dpkg, who uses them, what is left behind (spec vzpkg 8.7, 8.8). */
@org.jspecify.annotations.NullMarked
package dev.stencil.container.templates;
