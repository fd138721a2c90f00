/**
 * What a tree holds, exactly: its manifest and digest, the one tar stream of it, how two trees differ, and the time stamps
 * of one that is made to equal others. Start reading at {@code TreeManifest}. This package never hears of templates and
 * generations.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.image.tree;
