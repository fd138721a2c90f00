/**
 * Undoing package operations: what a container was before each of them, kept while its storage can, and the way back.
 * Start reading at {@link dev.stencil.container.undo.OperationLog} for what is kept and at {@code RollbackService} for
 * what is done with it. Why so: {@code docs/decisions/0068-undo.md}.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.container.undo;
