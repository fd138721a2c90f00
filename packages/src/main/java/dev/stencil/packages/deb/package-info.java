/**
 * The deb family: apt resolves on a private state, dpkg configures, we fetch and unpack. Start reading at
 * {@link dev.stencil.packages.deb.AptPackageManager}; a root is made by {@code RootBuilder}.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.packages.deb;
