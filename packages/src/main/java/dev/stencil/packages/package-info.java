/**
 * Package managers: resolve to exact packages, fetch them into the store, apply them to a root, query a root. Start
 * reading at {@link dev.stencil.packages.PackageManager}; one folder inside per family. This room does not know where a
 * root comes from, nor what a container is.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.packages;
