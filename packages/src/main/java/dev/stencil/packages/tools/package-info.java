/**
 * Where the programs of package managers come from: this host, or a tree that brings them (decision 0083). Start reading at
 * {@link dev.stencil.packages.tools.Tools}.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.packages.tools;
