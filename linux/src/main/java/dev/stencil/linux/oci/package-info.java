/**
 * Running things with an OCI runtime, crun or runc, the programs that make namespaces, capabilities and seccomp filters.
 *
 * <p>Start reading at {@link dev.stencil.linux.oci.Sandbox}, a root directory in which foreign scripts may run.
 * {@link dev.stencil.linux.oci.OciConfig} is a bundle's {@code config.json}, {@link dev.stencil.linux.oci.OciRuntime} the
 * program that reads it. What is made here: processes, and a state directory that the next caller cleans.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.linux.oci;
