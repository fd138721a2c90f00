/**
 * Decompression of archives. The host's liblzma and libzstd do the work through the foreign function interface, 105 to
 * 120 MB/s of xz per core where pure Java makes 66 to 90; pure Java stands in where a host has no such library. Start
 * reading at {@link dev.stencil.linux.decode.Compression}.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.linux.decode;
