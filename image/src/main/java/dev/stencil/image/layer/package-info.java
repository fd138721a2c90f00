/**
 * Layers: immutable directories named by the digest of what they are made from, found again, awaited or made, and stacked to
 * trees (docs/decisions/0020 and 0066).
 */
@NullMarked
package dev.stencil.image.layer;

import org.jspecify.annotations.NullMarked;
