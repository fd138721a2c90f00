/**
 * The kernel and child processes: system calls, mounts, safe paths inside a foreign root, locks, running programs.
 *
 * <p>Start reading at {@link dev.stencil.linux.Root} (files of a tree that is not ours) and
 * {@link dev.stencil.linux.ProgramRunner} (everything that is executed). Failures are {@link java.io.IOException}s;
 * those of the kernel are {@link dev.stencil.linux.Errno}. This room never hears of templates, packages or containers.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.linux;
