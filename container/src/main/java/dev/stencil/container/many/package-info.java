/**
 * One command on many containers: which ones ({@code ContainerSelection}), several at once ({@link
 * dev.stencil.container.many.ManyContainers}), and each failing one as it was before ({@code SafeChanges}). What is done
 * with one container comes from elsewhere. Rules: {@code docs/decisions/0093-many-containers.md}.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.container.many;
