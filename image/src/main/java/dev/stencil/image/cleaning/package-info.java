/** What is taken out of a tree, or set to a constant, before it becomes part of an image (docs/decisions/0064). */
@NullMarked
package dev.stencil.image.cleaning;

import org.jspecify.annotations.NullMarked;
