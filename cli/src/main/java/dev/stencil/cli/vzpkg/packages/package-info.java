/** The commands of {@code vzpkg} that put packages and application templates into containers, and tell what is there. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzpkg.packages;
