/**
 * The rpm family: dnf (or zypper) decides, rpm installs. Start reading at {@code RpmPackageManager}. What dnf thinks is asked by
 * {@code dnf.py}, a small program on its documented Python interface; everything else are rpm's own commands.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.packages.rpm;
