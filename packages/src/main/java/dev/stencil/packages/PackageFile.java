package dev.stencil.packages;

import dev.stencil.host.Digest;
import java.net.URI;

/** A package as a repository offers it: the file to fetch, its size in bytes and its digest from the signed index. */
public record PackageFile(PackageName name, URI uri, long sizeBytes, Digest sha256) {}
